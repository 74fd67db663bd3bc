#pragma once

namespace graddiv::cli {

/// Lets models of convolutions be found in the component beside the tool, loaded when one is asked
/// for (lib/networks).
void find_networks_beside_the_tool();

}  // namespace graddiv::cli
