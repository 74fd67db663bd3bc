#include "expectation/wide_integers.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace graddiv::moments {
namespace {

constexpr std::size_t limb_bits = GMP_NUMB_BITS;
static_assert(GMP_NAIL_BITS == 0, "limbs are words");

/// All zeros or all ones: the limbs that continue a number whose last limb is `top`.
mp_limb_t sign_of(mp_limb_t top) { return (top >> (limb_bits - 1)) != 0 ? ~mp_limb_t{0} : 0; }

__extension__ using Twice = unsigned __int128;
__extension__ using SignedTwice = __int128;

/// Columns of products, Σ size · (a limb of each source), are summed up in two limbs each, so that
/// nothing but the result is written: one column, and four side by side.
Twice column(const std::vector<const mp_limb_t*>& sources, const std::vector<mp_limb_t>& sizes,
             std::size_t at) {
  Twice sum = 0;
  for (std::size_t t = 0; t < sizes.size(); ++t) {
    sum += static_cast<Twice>(sizes[t]) * sources[t][at];
  }
  return sum;
}

struct Columns {
  Twice a = 0, b = 0, c = 0, d = 0;
};

Columns columns(const std::vector<const mp_limb_t*>& sources, const std::vector<mp_limb_t>& sizes,
                std::size_t at) {
  Columns sums;
  for (std::size_t t = 0; t < sizes.size(); ++t) {
    const mp_limb_t* x = sources[t] + at;
    const Twice size = sizes[t];
    sums.a += size * x[0];
    sums.b += size * x[1];
    sums.c += size * x[2];
    sums.d += size * x[3];
  }
  return sums;
}

}  // namespace

Combination::Combination(const std::vector<std::pair<int, Integer>>& terms) {
  for (const auto& [index, x] : terms) add(static_cast<std::size_t>(index), x);
}

void Combination::clear() {
  for (Short* part : {&plus_, &minus_}) {
    part->indices.clear();
    part->sizes.clear();
  }
  total_ = 0;
  long_.clear();
}

void Combination::add(std::size_t index, long coefficient) {
  constexpr mp_limb_t limit = mp_limb_t{1} << 62U;
  const auto value = static_cast<mp_limb_t>(coefficient);
  const mp_limb_t size = coefficient < 0 ? -value : value;
  if (is_short() && size < limit - total_) {
    total_ += size;
    Short& part = coefficient < 0 ? minus_ : plus_;
    part.indices.push_back(index);
    part.sizes.push_back(size);
    return;
  }
  lengthen();
  long_.emplace_back(index, coefficient);
}

void Combination::add(std::size_t index, const Integer& coefficient) {
  mpz_srcptr z = coefficient.backend().data();
  if (mpz_fits_slong_p(z) != 0) return add(index, mpz_get_si(z));
  lengthen();
  long_.emplace_back(index, coefficient);
}

void Combination::lengthen() {
  for (const bool negative : {false, true}) {
    Short& part = negative ? minus_ : plus_;
    for (std::size_t t = 0; t < part.sizes.size(); ++t) {
      const Integer size = part.sizes[t];
      long_.emplace_back(part.indices[t], negative ? Integer(-size) : size);
    }
    part = {};
  }
}

WideIntegers::WideIntegers(std::size_t count) : count_(count), data_(count, 0) {}

void swap(WideIntegers& a, WideIntegers& b) noexcept {
  std::swap(a.count_, b.count_);
  std::swap(a.stride_, b.stride_);
  std::swap(a.limbs_, b.limbs_);
  a.data_.swap(b.data_);
}

std::size_t WideIntegers::bits() const {
  std::size_t most = 1;
  for (std::size_t i = 0; i < count_; ++i) {
    const mp_limb_t* x = entry(i);
    auto top = static_cast<std::size_t>(limbs_ - 1);
    const mp_limb_t sign = sign_of(x[top]);
    while (top > 0 && x[top] == sign) --top;
    const auto used = limb_bits - static_cast<std::size_t>(std::countl_zero(x[top] ^ sign));
    most = std::max(most, top * limb_bits + used + 1);
  }
  return most;
}

void WideIntegers::reserve(std::size_t limbs) {
  if (limbs <= stride_) return;
  const std::size_t stride = std::max(limbs, stride_ + stride_ / 2 + 8);
  std::vector<mp_limb_t> roomier(count_ * stride, 0);
  for (std::size_t i = 0; i < count_; ++i) {
    std::copy_n(entry(i), limbs_, roomier.data() + i * stride);
  }
  data_ = std::move(roomier);
  stride_ = stride;
}

void WideIntegers::widen(std::size_t bits) {
  const std::size_t limbs = bits / limb_bits + 1;
  if (limbs <= this->limbs()) return;
  reserve(limbs);
  for (std::size_t i = 0; i < count_; ++i) {
    mp_limb_t* x = entry(i);
    std::fill(x + limbs_, x + limbs, sign_of(x[limbs_ - 1]));
  }
  limbs_ = static_cast<mp_size_t>(limbs);
}

void WideIntegers::clear(std::size_t limbs) {
  reserve(limbs);
  limbs_ = static_cast<mp_size_t>(limbs);
  for (std::size_t i = 0; i < count_; ++i) set_zero(i);
}

void WideIntegers::set_zero(std::size_t i) { std::fill_n(entry(i), limbs_, mp_limb_t{0}); }

Integer WideIntegers::at(std::size_t i) const {
  const mp_limb_t* x = entry(i);
  Integer result;
  mpz_ptr z = result.backend().data();
  mp_limb_t* digits = mpz_limbs_write(z, limbs_);
  const bool negative = sign_of(x[limbs_ - 1]) != 0;
  if (negative) {
    mpn_neg(digits, x, limbs_);
  } else {
    mpn_copyi(digits, x, limbs_);
  }
  mpz_limbs_finish(z, negative ? -limbs_ : limbs_);
  return result;
}

void WideIntegers::set(std::size_t i, const Integer& x) {
  mpz_srcptr z = x.backend().data();
  widen(mpz_sizeinbase(z, 2) + 1);
  set_zero(i);
  const auto length = static_cast<mp_size_t>(mpz_size(z));
  mpn_copyi(entry(i), mpz_limbs_read(z), length);
  if (mpz_sgn(z) < 0) mpn_neg(entry(i), entry(i), limbs_);
}

void WideIntegers::set_combination(std::size_t i, const Combination& terms, const WideIntegers& x) {
  if (!terms.is_short()) {
    set_zero(i);
    for (const auto& [index, coefficient] : terms.long_) add_product(i, coefficient, x, index);
    return;
  }
  const auto locate = [&x](const Combination::Short& part, std::vector<const mp_limb_t*>& at) {
    at.clear();
    for (const std::size_t index : part.indices) at.push_back(x.entry(index));
  };
  locate(terms.plus_, plus_);
  locate(terms.minus_, minus_);
  mp_limb_t* target = entry(i);
  SignedTwice carry = 0;
  const auto put = [&](Twice plus, Twice minus) {  // both < 2^126
    carry += static_cast<SignedTwice>(plus - minus);
    *target++ = static_cast<mp_limb_t>(carry);
    carry >>= limb_bits;
  };
  std::size_t at = 0;
  for (; at + 4 <= limbs(); at += 4) {
    const Columns plus = columns(plus_, terms.plus_.sizes, at);
    const Columns minus = columns(minus_, terms.minus_.sizes, at);
    put(plus.a, minus.a);
    put(plus.b, minus.b);
    put(plus.c, minus.c);
    put(plus.d, minus.d);
  }
  for (; at < limbs(); ++at) {
    put(column(plus_, terms.plus_.sizes, at), column(minus_, terms.minus_.sizes, at));
  }
}

void WideIntegers::add_product(std::size_t i, const Integer& factor, const WideIntegers& x,
                               std::size_t j) {
  mpz_srcptr z = factor.backend().data();
  const mp_limb_t* digits = mpz_limbs_read(z);
  const auto length = std::min(static_cast<mp_size_t>(mpz_size(z)), limbs_);
  const bool subtract = mpz_sgn(z) < 0;
  const mp_limb_t* source = x.entry(j);
  const bool is_negative = sign_of(source[x.limbs_ - 1]) != 0;
  for (mp_size_t t = 0; t < length; ++t) {
    mp_limb_t* target = entry(i) + t;
    const mp_size_t room = limbs_ - t;
    const mp_size_t used = std::min(x.limbs_, room);
    const mp_limb_t carry = subtract ? mpn_submul_1(target, source, used, digits[t])
                                     : mpn_addmul_1(target, source, used, digits[t]);
    if (used == room) continue;
    // Where x < 0, its limbs were read as x + 2^(64 limbs of x): digit times that power is too
    // much.
    target += used;
    if (subtract) {
      mpn_sub_1(target, target, room - used, carry);
      if (is_negative) mpn_add_1(target, target, room - used, digits[t]);
    } else {
      mpn_add_1(target, target, room - used, carry);
      if (is_negative) mpn_sub_1(target, target, room - used, digits[t]);
    }
  }
}

}  // namespace graddiv::moments
