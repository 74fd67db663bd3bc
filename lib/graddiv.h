#pragma once

// Everything a user of the library needs: numbers, problems, runs, exact expectations, certified
// constants, theorems as values.
#include "claim/check.h"
#include "claim/theorem.h"
#include "data/read_dataset.h"
#include "diversity/conflict_graph.h"
#include "diversity/diversity.h"
#include "diversity/mechanism.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "formula/statement_of.h"
#include "formula/vocabulary.h"
#include "measure/confidence.h"
#include "measure/model_choice.h"
#include "measure/totals.h"
#include "number/exact.h"
#include "number/precision.h"
#include "problem/families.h"
#include "sgd/instance.h"
