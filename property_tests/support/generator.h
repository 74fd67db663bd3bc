#pragma once

#include <rapidcheck.h>
#include <iosfwd>

#include "instances/recipes/recipes.h"

// Random instances for RapidCheck, which shrinks them.
namespace graddiv {

/// The generator that follows a recipe. An instance shrinks by smaller tapes: whatever depends on
/// what while it is built, replaying smaller decisions gives a simpler instance.
rc::Gen<Instance> generator_of(Recipe recipe);

/// How RapidCheck shows an instance: as the text of its file.
void showValue(const Instance& instance, std::ostream& out);

}  // namespace graddiv
