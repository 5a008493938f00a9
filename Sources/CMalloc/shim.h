#pragma once
#include <malloc.h>  // Swift's Glibc leaves it out
