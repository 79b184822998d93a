/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How many times longer things take than they do for people: the sanitizers look at every access. What
 * is waited for is given so much more time, what is done in numbers is done so much less often, and nothing
 * is measured then. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define BATON_TEST_SLOWNESS 20
#elif defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define BATON_TEST_SLOWNESS 4
#else
#define BATON_TEST_SLOWNESS 1
#endif
