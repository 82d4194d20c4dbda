/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-kernels.h"

/**
 * inb_kernels_get:
 *
 * Returns: (transfer none): the fastest set of inner loops that this processor can run
 */
const InbKernels *
inb_kernels_get (void)
{
#ifdef INB_HAVE_KERNELS_AVX2
  if (__builtin_cpu_supports ("avx2"))
    return &inb_kernels_avx2;
#endif
  return &inb_kernels_baseline;
}
