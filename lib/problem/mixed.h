#pragma once

#include <memory>
#include <vector>

#include "json/reader.h"
#include "problem/families.h"

namespace graddiv {

/// The functions of several sums of one dimension, one sum after another: "family": "sum" in an
/// instance file. Parts that are such sums themselves give their parts. What is known of single
/// functions is kept; of all together what holds for those of every part. Throws
/// std::invalid_argument where there are no parts, where dimensions differ, or where the facts of
/// one are found in doubles.
std::shared_ptr<const FiniteSum> mixed(std::vector<std::shared_ptr<const FiniteSum>> parts);

/// The parts of such a sum, without its regularization where it has one; nullptr for other sums.
const std::vector<std::shared_ptr<const FiniteSum>>* parts_of(const FiniteSum& sum);

/// Reads "parts", each a problem of a known family without a domain. Throws InputError.
std::shared_ptr<const FiniteSum> read_mixed(const JsonReader& reader,
                                            const std::vector<FamilyEntry>& known);

}  // namespace graddiv
