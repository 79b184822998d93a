/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* review-maker FOLDER: makes a workspace with three reviews that wait for the person at the computer. */

#include "review-fixture.h"

#include <glib/gstdio.h>

int
main (int argc, char **argv)
{
  const char *target = argc > 1 ? argv[1] : NULL;
  ReviewFixture f;

  g_assert_nonnull (target);
  review_fixture_fill (&f, target);
  review_fixture_leave (&f);
  return 0;
}
