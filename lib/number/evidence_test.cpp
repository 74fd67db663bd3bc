#include "number/evidence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <optional>

#include "number/arithmetic_error.h"
#include "number/exact.h"
#include "testing/rationals.h"

namespace graddiv {
namespace {

using namespace testing;

const Sample coin{"coin", Rational(1, 100)};
const Sample die{"die", Rational(1, 50)};

// Random evidence and numbers ---------------------------------------------------------------------

rc::Gen<std::vector<Sample>> sample_sets() {
  return rc::gen::map(rc::gen::container<std::vector<bool>>(3, rc::gen::arbitrary<bool>()),
                      [](const std::vector<bool>& taken) {
                        std::vector<Sample> samples;
                        for (std::size_t i = 0; i < taken.size(); ++i) {
                          if (taken[i])
                            samples.push_back({"sample " + std::to_string(i), Rational(1, 100)});
                        }
                        return samples;
                      });
}

/// What marks a number: a surrogate or samples, or nothing.
rc::Gen<Evidence> marks() {
  const rc::Gen<Evidence> some =
      rc::gen::map(rc::gen::pair(rc::gen::arbitrary<bool>(), sample_sets()),
                   [](const std::pair<bool, std::vector<Sample>>& x) {
                     return Evidence{x.second.empty() ? Evidence::none : Evidence::statistical,
                                     x.first, x.second};
                   });
  return rc::gen::weightedOneOf<Evidence>({{1, rc::gen::just(Evidence{})}, {2, some}});
}

rc::Gen<Evidence> evidences() {
  return rc::gen::map(rc::gen::pair(marks(), rc::gen::inRange(0, 3)),
                      [](const std::pair<Evidence, int>& x) {
                        Evidence e = x.first;
                        if (e.samples.empty()) e.kind = static_cast<Evidence::Kind>(x.second);
                        return e;
                      });
}

/// Exact or interval, positive or negative, small or near 1; marked.
struct Marked {
  Enclosure number;
  Evidence marks;
};

rc::Gen<Marked> marked_numbers() {
  return rc::gen::map(
      rc::gen::tuple(ranges(small_rationals()), rc::gen::arbitrary<bool>(), marks()),
      [](const std::tuple<std::pair<Rational, Rational>, bool, Evidence>& x) {
        const auto& [range, exact, m] = x;
        const Enclosure number = exact
                                     ? enclose(range.first)
                                     : Enclosure::hull(enclose(range.first), enclose(range.second));
        return Marked{number.resting_on(m), m};
      });
}

Evidence held(const Enclosure& x) {
  return {x.is_exact() ? Evidence::exact : Evidence::interval, false, {}};
}

// Every operation there is ------------------------------------------------------------------------

struct Unary {
  const char* name;
  std::function<Enclosure(const Enclosure&)> apply;
  bool is_root = false;  ///< of an exact number it is known exactly
};

const std::vector<Unary>& unary_operations() {
  static const std::vector<Unary> all{
      {"−x", [](const Enclosure& x) { return -x; }},
      {"x³", [](const Enclosure& x) { return pow(x, 3); }},
      {"x⁻²", [](const Enclosure& x) { return pow(x, -2); }},
      {"square", [](const Enclosure& x) { return square(x); }},
      {"sqrt", [](const Enclosure& x) { return sqrt(x); }, true},
      {"sqrt of a square", [](const Enclosure& x) { return sqrt(square(x)); }},
      {"exp", [](const Enclosure& x) { return exp(x); }},
      {"exp 0", [](const Enclosure& x) { return exp(x - x); }},
      {"log", [](const Enclosure& x) { return log(x); }},
      {"log 1", [](const Enclosure& x) { return log(x / x); }},
      {"sin", [](const Enclosure& x) { return sin(x); }},
      {"cos", [](const Enclosure& x) { return cos(x); }},
      {"abs", [](const Enclosure& x) { return abs(x); }},
      {"lower", [](const Enclosure& x) { return x.lower(); }},
      {"upper", [](const Enclosure& x) { return x.upper(); }},
      {"as_interval", [](const Enclosure& x) { return x.as_interval(); }},
      {"resting on nothing", [](const Enclosure& x) { return x.resting_on({}); }},
  };
  return all;
}

struct Binary {
  const char* name;
  std::function<Enclosure(const Enclosure&, const Enclosure&)> apply;
};

const std::vector<Binary>& binary_operations() {
  static const std::vector<Binary> all{
      {"x + y", [](const Enclosure& x, const Enclosure& y) { return x + y; }},
      {"x − y", [](const Enclosure& x, const Enclosure& y) { return x - y; }},
      {"x / y", [](const Enclosure& x, const Enclosure& y) { return x / y; }},
      {"min", [](const Enclosure& x, const Enclosure& y) { return min(x, y); }},
      {"max", [](const Enclosure& x, const Enclosure& y) { return max(x, y); }},
      {"hull", [](const Enclosure& x, const Enclosure& y) { return Enclosure::hull(x, y); }},
      {"hull of the same",
       [](const Enclosure& x, const Enclosure& y) {
         return Enclosure::hull(x, x.resting_on(y.evidence()));
       }},
      {"intersection",
       [](const Enclosure& x, const Enclosure& y) { return Enclosure::intersection(x, y); }},
      {"x += y", [](Enclosure x, const Enclosure& y) { return x += y; }},
      {"x -= y", [](Enclosure x, const Enclosure& y) { return x -= y; }},
      {"x /= y", [](Enclosure x, const Enclosure& y) { return x /= y; }},
      {"resting_on",
       [](const Enclosure& x, const Enclosure& y) { return x.resting_on(y.evidence()); }},
  };
  return all;
}

template <class Operation>
std::optional<Enclosure> value_of(const Operation& operation) {
  try {
    return operation();
  } catch (const ArithmeticError&) {
    return std::nullopt;
  }
}

RC_GTEST_PROP(TheEvidenceOfAnOperation, IsThatOfItsOperand, ()) {
  const Marked x = *marked_numbers();
  for (const Unary& operation : unary_operations()) {
    const auto result = value_of([&] { return operation.apply(x.number); });
    if (!result) continue;
    RC_LOG() << operation.name << " of " << x.number << "\n";
    const bool is_exact_root = operation.is_root && x.number.is_exact();
    RC_ASSERT(result->evidence() ==
              join(is_exact_root ? Evidence{Evidence::exact, false, {}} : held(*result), x.marks));
  }
}

RC_GTEST_PROP(TheEvidenceOfAnOperation, IsThatOfBothOperands, ()) {
  const Marked x = *marked_numbers();
  const Marked y = *marked_numbers();
  const Evidence both = join(x.marks, y.marks);
  for (const Binary& operation : binary_operations()) {
    const auto result = value_of([&] { return operation.apply(x.number, y.number); });
    if (!result) continue;
    RC_LOG() << operation.name << " of " << x.number << " and " << y.number << "\n";
    RC_ASSERT(result->evidence() == join(held(*result), both));
  }
  for (const Comparison& c : {x.number<y.number, x.number <= y.number, x.number == y.number,
                                       x.number >= y.number, x.number>
                                  y.number}) {
    RC_ASSERT(c.evidence() == join(x.number.evidence(), y.number.evidence()));
  }
}

bool is_zero(const Enclosure& x) { return x.is_exact() && exact_value(x) == 0; }

RC_GTEST_PROP(TheEvidenceOfAProduct, IsThatOfBothFactorsUnlessOneIsZero, ()) {
  Marked x = *marked_numbers();
  Marked y = *marked_numbers();
  if (is_zero(x.number)) std::swap(x, y);
  Enclosure by_assignment = x.number;
  by_assignment *= y.number;
  for (const Enclosure& product : {x.number * y.number, by_assignment, y.number * x.number}) {
    if (is_zero(x.number)) {  // both are: either is reason enough
      RC_ASSERT(product.evidence() == x.number.evidence() ||
                product.evidence() == y.number.evidence());
      if (x.marks == Evidence{} || y.marks == Evidence{})
        RC_ASSERT(product.evidence() == held(product));
    } else if (is_zero(y.number)) {
      RC_ASSERT(product.evidence() == y.number.evidence());
    } else {
      RC_ASSERT(product.evidence() == join(held(product), join(x.marks, y.marks)));
    }
  }
}

TEST(Evidence, IsNotNeededForZeroTimesAnythingAndThePowerZero) {
  const Enclosure guess = Enclosure::hull(1, 2).known_from(coin).as_surrogate();
  const Evidence exact{Evidence::exact, false, {}};
  EXPECT_EQ((0 * guess).evidence(), exact);
  EXPECT_EQ((guess * 0).evidence(), exact);
  EXPECT_EQ(pow(guess, 0).evidence(), exact);
  EXPECT_EQ((guess - guess).evidence().kind, Evidence::statistical);
  EXPECT_EQ((0 * guess + guess).evidence(), guess.evidence());
}

TEST(Evidence, OfAMinimumRestsOnTheOneThatIsNotTaken) {
  const Enclosure least = min(3, Enclosure::hull(5, 6).known_from(coin));
  EXPECT_EQ(exact_value(least), 3);
  EXPECT_EQ(least.evidence(), (Evidence{Evidence::statistical, false, {coin}}));
}

TEST(Evidence, OfASurrogateIsStillExact) {
  const Enclosure x = Enclosure::parse("7/5").as_surrogate();
  EXPECT_EQ(x.evidence(), (Evidence{Evidence::exact, true, {}}));
  EXPECT_TRUE((x * x - 2).is_exact());
  EXPECT_TRUE((x * x - 2).evidence().surrogate);
  EXPECT_EQ((x * x < 2).truth(), Truth::yes);
  EXPECT_TRUE((x * x < 2).evidence().surrogate);
  EXPECT_FALSE(Enclosure::parse("7/5").evidence().surrogate);
}

// A number that only draws vouch for makes every claim it enters a statistical one.
TEST(Evidence, OfAClaimIsNoBetterThanThatOfItsWeakestNumber) {
  const Enclosure p = Enclosure::hull(0, Enclosure(1) / 14).known_from(coin);
  const Comparison claim = square(1 - p) * sqrt(Enclosure(2)) >= 1;
  EXPECT_EQ(claim.truth(), Truth::yes);
  EXPECT_EQ(claim.evidence().kind, Evidence::statistical);
  EXPECT_EQ(claim.evidence().error_level(), Rational(1, 100));
}

TEST(Evidence, CountsASampleOnceAndAddsErrorLevels) {
  const Enclosure p = Enclosure::hull(0, 1).known_from(coin);
  const Enclosure q = Enclosure::hull(0, 1).known_from(die);
  EXPECT_EQ((p * p + p).evidence().error_level(), Rational(1, 100));
  EXPECT_EQ((p * q + p).evidence().error_level(), Rational(3, 100));
  EXPECT_EQ((p * q).evidence().samples, (std::vector<Sample>{coin, die}));
  const Enclosure other = q.known_from({"coin", Rational(1, 200)});
  EXPECT_EQ((p * other).evidence().error_level(), Rational(7, 200)) << "another statement";
  const Enclosure poor = q.known_from({"two throws", Rational(99, 100)});
  EXPECT_EQ((p * poor).evidence().error_level(), 1);
  EXPECT_EQ(Enclosure(2).evidence().error_level(), 0);
}

TEST(Evidence, IsPartOfTheIdentityOfANumberButNotOfItsHash) {
  const Enclosure x = 2, sampled = x.known_from(coin);
  EXPECT_FALSE(x.same_as(sampled));
  EXPECT_FALSE(x.same_as(x.as_surrogate()));
  EXPECT_TRUE(sampled.same_as(Enclosure(2).known_from(coin)));
  EXPECT_EQ(x.hash(), sampled.hash());
  EXPECT_EQ((x == sampled).truth(), Truth::yes);
}

TEST(Evidence, LeavesTheIntervalAsItIsAtAnyPrecision) {
  const Enclosure fine = [] {
    const PrecisionScope scope(300);
    return sqrt(Enclosure(2));
  }();
  const PrecisionScope coarse(24);
  const Enclosure marked = fine.known_from(coin);
  EXPECT_TRUE(fine.contains(marked));
  EXPECT_TRUE(marked.contains(fine));
}

// The join ----------------------------------------------------------------------------------------

RC_GTEST_PROP(TheJoin, IsAssociativeCommutativeIdempotentWithNoneNeutral, ()) {
  const Evidence a = *evidences(), b = *evidences(), c = *evidences();
  RC_ASSERT(join(a, b) == join(b, a));
  RC_ASSERT(join(a, join(b, c)) == join(join(a, b), c));
  RC_ASSERT(join(a, a) == a);
  RC_ASSERT(join(a, {}) == a);
  RC_ASSERT(join(a, b).kind == std::max(a.kind, b.kind));
  RC_ASSERT(join(a, b).error_level() >= a.error_level());
  RC_ASSERT(join(a, b).error_level() <= a.error_level() + b.error_level());
}

TEST(KindsOfEvidence, HaveNamesThatAreReadBack) {
  for (const auto kind :
       {Evidence::none, Evidence::exact, Evidence::interval, Evidence::statistical}) {
    EXPECT_EQ(parse_evidence(to_string(kind)), kind);
  }
  EXPECT_THROW(parse_evidence("hearsay"), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv
