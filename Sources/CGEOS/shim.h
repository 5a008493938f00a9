#pragma once
#define GEOS_USE_ONLY_R_API  // hides the calls that share one hidden context
#include <geos_c.h>
