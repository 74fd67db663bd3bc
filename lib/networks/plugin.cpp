#include "networks/convolutional_model.h"

// What the tool asks for by its name, once it has loaded this component (cli/support/networks.h).
extern "C" const graddiv::measure::ConvolutionalMakers* graddiv_convolutional_makers();

const graddiv::measure::ConvolutionalMakers* graddiv_convolutional_makers() {
  using graddiv::networks::convolutional_model;
  static const graddiv::measure::ConvolutionalMakers makers{convolutional_model<double>,
                                                            convolutional_model<float>};
  return &makers;
}
