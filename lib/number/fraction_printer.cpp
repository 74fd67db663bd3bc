#include "number/fraction_printer.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>

namespace graddiv {
namespace {

constexpr std::size_t digits_of_word = 9;
constexpr std::uint64_t base = 1'000'000'000;
constexpr unsigned long largest_factor = 0xFFFFFFFF;

std::size_t bits_of(const Integer& x) { return mpz_sizeinbase(x.backend().data(), 2); }

/// y/x for positive numbers where it is a fraction of two words or so, found from their leading
/// bits.
std::optional<Rational> short_ratio(const Integer& y, const Integer& x) {
  constexpr std::size_t leading = 256;
  const std::size_t most = std::max(bits_of(x), bits_of(y));
  const unsigned long shift = most > leading ? most - leading : 0;
  const Integer x_top = x >> shift;
  const Integer y_top = y >> shift;
  if (x_top == 0 || y_top == 0) return std::nullopt;
  const Rational ratio =
      shift == 0 ? Rational(y, x)
                 : simplest_between(Rational(y_top, x_top + 1), Rational(y_top + 1, x_top));
  if (bit_size(ratio) > 64) return std::nullopt;  // and so cheap to try
  if (numerator(ratio) * x != denominator(ratio) * y) return std::nullopt;
  return ratio;
}

/// Applies `by_word` for factors < 2^32 whose product is `factor`; false where it takes others.
bool by_words(Integer factor, const std::function<void(std::uint64_t)>& by_word) {
  mpz_ptr z = factor.backend().data();
  unsigned long twos = mpz_scan1(z, 0);
  mpz_fdiv_q_2exp(z, z, twos);
  if (mpz_cmp_ui(z, largest_factor) > 0) return false;
  if (mpz_cmp_ui(z, 1) != 0) by_word(mpz_get_ui(z));
  for (; twos > 0; twos -= std::min(twos, 31UL)) by_word(std::uint64_t{1} << std::min(twos, 31UL));
  return true;
}

}  // namespace

std::string FractionPrinter::operator()(const Rational& x) {
  const Integer p = numerator(x);
  const Integer q = denominator(x);
  if (q == 1) return p.str();
  move_to(q);
  return p.str() + "/" + digits();
}

/// Makes `denominator` the one whose digits are at hand.
void FractionPrinter::move_to(const Integer& denominator) {
  const auto ratio = short_ratio(denominator, denominator_);
  denominator_ = denominator;
  if (ratio && multiply(numerator(*ratio)) && divide(boost::multiprecision::denominator(*ratio)))
    return;
  const std::string text = denominator.str();
  words_.clear();
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t begin = end > digits_of_word ? end - digits_of_word : 0;
    std::from_chars(text.data() + begin, text.data() + end, words_.emplace_back());
    end = begin;
  }
}

bool FractionPrinter::multiply(Integer factor) {
  return by_words(std::move(factor), [&](std::uint64_t word) {
    std::uint64_t carry = 0;
    for (std::uint32_t& w : words_) {
      carry += w * word;
      w = static_cast<std::uint32_t>(carry % base);
      carry /= base;
    }
    for (; carry > 0; carry /= base) words_.push_back(static_cast<std::uint32_t>(carry % base));
  });
}

/// By a divisor of what the words stand for.
bool FractionPrinter::divide(Integer factor) {
  return by_words(std::move(factor), [&](std::uint64_t word) {
    std::uint64_t rest = 0;
    for (std::size_t i = words_.size(); i-- > 0;) {
      rest = rest * base + words_[i];
      words_[i] = static_cast<std::uint32_t>(rest / word);
      rest %= word;
    }
    while (words_.size() > 1 && words_.back() == 0) words_.pop_back();
  });
}

std::string FractionPrinter::digits() const {
  std::string text = std::to_string(words_.back());
  std::size_t at = text.size();
  text.resize(at + digits_of_word * (words_.size() - 1));
  for (std::size_t i = words_.size() - 1; i-- > 0; at += digits_of_word) {
    std::uint32_t word = words_[i];
    for (std::size_t d = digits_of_word; d-- > 0; word /= 10)
      text[at + d] = static_cast<char>('0' + word % 10);
  }
  return text;
}

}  // namespace graddiv
