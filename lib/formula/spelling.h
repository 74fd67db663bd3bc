#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Characters of names and of exponents. Private to the reader and the printer of formulas.
namespace graddiv::spelling {

/// The number of bytes of the name at the start of a text: letters, Greek ones too, digits, _, and
/// what combines with them; 0 where there is none.
std::size_t length_of_name(std::string_view text);

/// Whether a name would go on here.
bool continues_name(std::string_view text);

/// The number of bytes of the character at the start of a text that is not empty.
std::size_t length_of_character(std::string_view text);

char32_t first_character(std::string_view text);  ///< 0 where it is not UTF-8

/// The number of bytes at the start of a text that say the same as this character of a word: the
/// character itself, or how it is written in ASCII, || for ‖, ^2 for ², lambda for λ, grad for ∇; 0
/// where they do not.
std::size_t length_of_same(std::string_view character, std::string_view text);

/// Whether a text begins with a sign that only quantities begin with: ‖, ||, ∇, ⟨.
bool begins_quantity(std::string_view text);

std::string raised(std::string_view digits);   ///< "¹²" for "12"
std::string lowered(std::string_view raised);  ///< "12" for "¹²"

}  // namespace graddiv::spelling
