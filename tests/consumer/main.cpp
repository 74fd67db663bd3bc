// A program outside this repository: √2 enclosed by the installed library.
#include <graddiv/constructions/catalogue.h>
#include <graddiv/number/enclosure.h>
#include <graddiv/theorems/catalogue.h>
#include <graddiv/workbench/lookup.h>

#include <iostream>

using graddiv::Enclosure;
using graddiv::Truth;

int main() {
  const Enclosure root = sqrt(Enclosure(2));
  const Truth below = square(root.lower()) < Enclosure(2);
  const Truth above = square(root.upper()) > Enclosure(2);
  std::cout << "√2 ∈ " << root << ", " << graddiv::theorems().size() << " theorems, "
            << graddiv::constructions().size() << " constructions\n";
  return below == Truth::yes && above == Truth::yes &&
                 graddiv::workbench::select_mutants({"glm"}).size() >= 3
             ? 0
             : 1;
}
