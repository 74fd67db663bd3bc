#pragma once

#include "instances/classes.h"
#include "instances/recipes/linear_recipes.h"
#include "instances/recipes/mechanism_recipes.h"
#include "instances/recipes/mixed_recipes.h"
#include "instances/recipes/quadratic_recipes.h"
#include "instances/recipes/random_row_recipes.h"
#include "instances/recipes/rate_recipes.h"
#include "instances/recipes/run_recipes.h"
#include "instances/recipes/stability_recipes.h"
#include "instances/recipes/worst_case_recipes.h"

// How the instances of each class are made: the recipes by kinds of instances.
namespace graddiv {

using Recipe = Instance (*)(Choices);
Recipe recipe_of(InstanceClass id);

}  // namespace graddiv
