// k of n equal units, for any n, without cancellation.
#pragma once

namespace loadpath {

/// P(exactly k of n are up).
double binomialPoint(int n, int k, double up);
/// P(at least k of n are up).
double binomialTail(int n, int k, double up);

}  // namespace loadpath
