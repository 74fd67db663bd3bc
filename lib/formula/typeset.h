#pragma once

#include <string>

#include "formula/formula.h"
#include "number/text.h"

namespace graddiv {

/// One line as it is read on a terminal and in files, with the brackets that are needed and no
/// others: parsing it gives the same tree.
std::string to_unicode(const Formula& formula);

/// The same in a sentence, its mathematics marked: "$F$ is $λ$-strongly convex and $γ > 0$".
Text to_sentence(const Formula& formula);

/// For mathematics mode: fractions, roots, subscripts. Of what is true or false, a sentence for
/// text mode: "$F$ is $\lambda$-strongly convex and $\gamma>0$".
std::string to_latex(const Formula& formula);

/// A name in mathematics mode: \varepsilon for ε, D_0 for D_0, \mathrm{share} for words.
std::string name_to_latex(const std::string& name);

}  // namespace graddiv
