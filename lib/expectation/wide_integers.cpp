#include "expectation/wide_integers.h"

#include <algorithm>
#include <bit>

namespace graddiv::moments {
namespace {

__extension__ using Twice = unsigned __int128;

static_assert(GMP_NUMB_BITS == 64, "limbs are words of 64 bits");

/// All zeros or all ones: the digits that continue a number whose last digit is `top`.
Digit sign_of(Digit top) { return (top >> (digit_bits - 1)) != 0 ? digit_mask : 0; }

std::size_t digits_for(std::size_t bits) { return (bits / (digit_bits * lanes) + 1) * lanes; }

}  // namespace

Combination::Combination(const std::vector<std::pair<int, Integer>>& terms) {
  for (const auto& [index, x] : terms) add(static_cast<std::size_t>(index), x);
}

void Combination::clear() {
  for (Sum& sum : sums_) {
    sum.terms.clear();
    sum.total = sum.negative = 0;
  }
}

void Combination::add_digit(std::size_t index, std::size_t shift, Digit size, bool is_negative) {
  const auto has_room = [&](const Sum& sum) {
    return sum.shift == shift && sum.terms.size() < most_terms && size < largest_total - sum.total;
  };
  auto sum = std::ranges::find_if(sums_, has_room);
  if (sum == sums_.end()) sum = sums_.insert(sum, {shift, {}});
  sum->terms.push_back({index, size, is_negative ? digit_mask : 0});
  sum->total += size;
  if (is_negative) sum->negative += size;
}

void Combination::add(std::size_t index, long coefficient) {
  const auto value = static_cast<Digit>(coefficient);
  Digit size = coefficient < 0 ? -value : value;
  for (std::size_t shift = 0; size != 0; size >>= digit_bits, ++shift)
    add_digit(index, shift, size & digit_mask, coefficient < 0);
}

void Combination::add(std::size_t index, const Integer& coefficient) {
  mpz_srcptr z = coefficient.backend().data();
  if (mpz_fits_slong_p(z) != 0) return add(index, mpz_get_si(z));
  Integer rest = abs(coefficient);
  for (std::size_t shift = 0; rest != 0; rest >>= digit_bits, ++shift)
    add_digit(index, shift, mpz_get_ui(rest.backend().data()) & digit_mask, coefficient < 0);
}

WideIntegers::WideIntegers(std::size_t count, std::size_t bits)
    : count_(count), stride_(digits_for(bits)), digits_(stride_), data_(count * stride_, 0) {}

void swap(WideIntegers& a, WideIntegers& b) noexcept {
  std::swap(a.count_, b.count_);
  std::swap(a.stride_, b.stride_);
  std::swap(a.digits_, b.digits_);
  a.data_.swap(b.data_);
}

std::size_t WideIntegers::bits() const {
  std::size_t most = 1;
  for (std::size_t i = 0; i < count_; ++i) {
    const Digit* x = entry(i);
    std::size_t top = digits_ - 1;
    const Digit sign = sign_of(x[top]);
    while (top > 0 && x[top] == sign) --top;
    const auto used = static_cast<std::size_t>(std::bit_width(x[top] ^ sign));
    most = std::max(most, top * digit_bits + used + 1);
  }
  return most;
}

void WideIntegers::reserve(std::size_t digits) {
  if (digits <= stride_) return;
  // An odd number of cache lines apart, so that entries do not contend for the same ones.
  const std::size_t stride = std::max(digits, 2 * stride_) | lanes;
  std::vector<Digit> roomier(count_ * stride, 0);
  for (std::size_t i = 0; i < count_; ++i)
    std::copy_n(entry(i), digits_, roomier.data() + i * stride);
  data_ = std::move(roomier);
  stride_ = stride;
}

void WideIntegers::widen(std::size_t bits) {
  const std::size_t digits = digits_for(bits);
  if (digits <= digits_) return;
  reserve(digits);
  for (std::size_t i = 0; i < count_; ++i) {
    Digit* x = entry(i);
    std::fill(x + digits_, x + digits, sign_of(x[digits_ - 1]));
  }
  digits_ = digits;
}

void WideIntegers::clear(std::size_t bits) {
  reserve(digits_for(bits));
  digits_ = digits_for(bits);
  for (std::size_t i = 0; i < count_; ++i) std::fill_n(entry(i), digits_, Digit{0});
}

Integer WideIntegers::at(std::size_t i) const {
  constexpr std::size_t limb_bits = GMP_NUMB_BITS;
  const Digit* x = entry(i);
  const Digit sign = sign_of(x[digits_ - 1]);
  const auto limbs = static_cast<mp_size_t>((digits_ * digit_bits + limb_bits - 1) / limb_bits);
  Integer result;
  mpz_ptr z = result.backend().data();
  mp_limb_t* limb = mpz_limbs_write(z, limbs);
  mp_limb_t pending = 0;
  std::size_t bits = 0;  // in `pending`
  for (std::size_t k = 0; k < digits_; ++k) {
    const Digit digit = x[k] ^ sign;
    pending |= digit << bits;
    bits += digit_bits;
    if (bits < limb_bits) continue;
    *limb++ = pending;
    bits -= limb_bits;
    pending = bits == 0 ? 0 : digit >> (digit_bits - bits);
  }
  if (bits > 0) *limb = pending;
  mpz_limbs_finish(z, limbs);
  if (sign != 0) mpz_com(z, z);  // −(x + 1) from what was flipped
  return result;
}

void WideIntegers::set(std::size_t i, const Integer& x) {
  mpz_srcptr z = x.backend().data();
  widen(mpz_sizeinbase(z, 2) + 1);
  Digit* target = entry(i);
  std::fill_n(target, digits_, Digit{0});
  constexpr std::size_t unused_bits = 64 - digit_bits;
  mpz_export(target, nullptr, -1, sizeof(Digit), 0, unused_bits, z);
  if (mpz_sgn(z) >= 0) return;
  Digit carry = 1;
  for (std::size_t k = 0; k < digits_; ++k) {
    const Digit sum = (target[k] ^ digit_mask) + carry;
    target[k] = sum & digit_mask;
    carry = sum >> digit_bits;
  }
}

void WideIntegers::add_combination(std::size_t i, const Combination& terms, const WideIntegers& x) {
  for (const Combination::Sum& sum : terms.sums_) add_sum(i, sum, x);
}

void WideIntegers::add_product(std::size_t i, const Integer& factor, const WideIntegers& x,
                               std::size_t j) {
  product_.clear();
  product_.add(j, factor);
  add_combination(i, product_, x);
}

void WideIntegers::add_sum(std::size_t i, const Combination::Sum& sum, const WideIntegers& x) {
  if (sum.terms.empty() || sum.shift >= digits_) return;
  Digit* target = entry(i) + sum.shift;
  Digit* const end = entry(i) + digits_;
  Digit above = sum.negative;  // for the next digit, from the column below it
  Digit carry = 0;
  const auto put = [&](Digit low, Digit high) {
    const Digit column = *target + low + above;
    const Digit total = column + carry;
    *target++ = total & digit_mask;
    carry = total >> digit_bits;
    above = high;
  };
  static const SumColumns sum_columns = fastest_sum_columns();
  Columns columns;
  for (std::size_t at = 0; at < x.digits_; at += lanes) {
    sum_columns(sum.terms, x.data_.data() + at, x.stride_, columns);
    const auto room = std::min<std::size_t>(lanes, static_cast<std::size_t>(end - target));
    for (std::size_t c = 0; c < room; ++c) put(columns.low[c], columns.high[c]);
  }
  if (target == end) return;
  Twice beyond = 0;  // the column of the digits that continue each number
  for (const auto& [index, size, flip] : sum.terms)
    beyond += static_cast<Twice>(size) * (sign_of(x.entry(index)[x.digits_ - 1]) ^ flip);
  while (target != end)
    put(static_cast<Digit>(beyond) & digit_mask, static_cast<Digit>(beyond >> digit_bits));
}

}  // namespace graddiv::moments
