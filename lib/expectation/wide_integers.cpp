#include "expectation/wide_integers.h"

#include <algorithm>
#include <bit>

namespace graddiv::moments {
namespace {

static_assert(GMP_NUMB_BITS == 64, "limbs are words of 64 bits");

std::size_t digits_for(std::size_t bits) { return (bits / (digit_bits * lanes) + 1) * lanes; }

// Digits: numbers that grow to some 2000 bits, as most do, need no other room.
constexpr std::size_t least_room = 5 * lanes;

}  // namespace

Combination::Combination(const std::vector<std::pair<int, Integer>>& terms) {
  // Most numbers are of one digit: one sum holds them all.
  sums_.push_back({0, {}});
  sums_.front().digits.plus.reserve(terms.size());
  sums_.front().digits.minus.reserve(terms.size());
  for (const auto& [index, x] : terms) add(static_cast<std::size_t>(index), x);
}

void Combination::clear() {
  for (Sum& sum : sums_) {
    sum.digits.plus.clear();
    sum.digits.minus.clear();
  }
}

void Combination::add_digit(std::size_t index, std::size_t shift, Digit size, bool is_negative) {
  const auto has_room = [&](const Sum& sum) {
    return sum.shift == shift && sum.digits.size() < most_terms;
  };
  auto sum = std::ranges::find_if(sums_, has_room);
  if (sum == sums_.end()) sum = sums_.insert(sum, {shift, {}});
  (is_negative ? sum->digits.minus : sum->digits.plus).push_back({index, size});
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
    : count_(count),
      stride_(std::max(digits_for(bits), least_room)),
      digits_(digits_for(bits)),
      data_(count * stride_, 0) {}

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
  decltype(data_) roomier(count_ * stride, 0);
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

void WideIntegers::set_combinations(const std::vector<Combination>& rows, const WideIntegers& x,
                                    std::size_t bits) {
  static const AddSum add_sum = fastest_add_sum();
  reserve(digits_for(bits));
  digits_ = digits_for(bits);
  const DigitSource source{x.data_.data(), x.stride_, x.digits_};
  for (std::size_t i = 0; i < count_; ++i) {
    bool is_set = false;
    for (const auto& [shift, digits] : rows[i].sums_) {
      if (shift >= digits_) continue;
      if (!is_set) std::fill_n(entry(i), shift, Digit{0});
      add_sum(digits, source, entry(i) + shift, digits_ - shift, !is_set);
      is_set = true;
    }
    if (!is_set) std::fill_n(entry(i), digits_, Digit{0});
  }
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
  static const AddSum add_sum = fastest_add_sum();
  const DigitSource source{x.data_.data(), x.stride_, x.digits_};
  for (const auto& [shift, digits] : terms.sums_) {
    if (digits.size() > 0 && shift < digits_)
      add_sum(digits, source, entry(i) + shift, digits_ - shift, false);
  }
}

void WideIntegers::add_product(std::size_t i, const Integer& factor, const WideIntegers& x,
                               std::size_t j) {
  product_.clear();
  product_.add(j, factor);
  add_combination(i, product_, x);
}

}  // namespace graddiv::moments
