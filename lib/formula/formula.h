#pragma once

// Formulas: what they are, how they are written in C++, and how they are looked through.
#include "formula/operators.h"  // IWYU pragma: export
#include "formula/tree.h"       // IWYU pragma: export
#include "formula/walk.h"       // IWYU pragma: export
