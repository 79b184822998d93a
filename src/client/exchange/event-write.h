/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"

G_BEGIN_DECLS

/* What happened on a board, for other programs: cards in the bin and templates are left out. */
typedef enum
{
  BATON_EVENT_FORMAT_CSV, /* a line for each time that a card came into a stage; import events reads it back
                           */
  BATON_EVENT_FORMAT_XES, /* IEEE 1849-2016 */
  /* A line for each card with the day on which it came into each stage, in the board's time zone. A stage
   * that was skipped has the day of the next one; a card that went back has not been in what is behind. */
  BATON_EVENT_FORMAT_ACTIONABLE_AGILE,
} BatonEventFormat;

gboolean baton_exchange_write_events (BatonReader *reader, const char *board, BatonEventFormat format,
    GOutputStream *stream, GCancellable *cancellable, GError **error);

G_END_DECLS
