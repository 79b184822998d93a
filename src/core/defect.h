/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Mistakes that the simulator (tests/sim) can switch on in its own copy of these sources, one at a time, to
 * show that it would find them. Everywhere else this is nothing. */

#ifdef BATON_SIM

enum
{
  BATON_DEFECT_NONE,
#define DEFECT(NAME, what) BATON_DEFECT_##NAME,
#include "defects.def"
  BATON_N_DEFECTS
};

extern int baton_sim_defect;

/* The disk: how many writes until the process dies in the middle of one (0: it does not), and whether it has.
 */
extern guint baton_sim_writes_left;
extern gboolean baton_sim_dead;

/* Virtual time, µs since 1970. */
extern gint64 baton_sim_now;

#define BATON_DEFECT(NAME) (baton_sim_defect == BATON_DEFECT_##NAME)

#else

#define BATON_DEFECT(NAME) FALSE

#endif

G_END_DECLS
