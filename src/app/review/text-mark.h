/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-place.h"

G_BEGIN_DECLS

/* A comment on a range of a text, as it stands in the version that is shown. */
typedef struct
{
  char *comment; /* id */
  guint number;
  gboolean resolved;
  gboolean carried; /* from an earlier version */
  BatonTextFate fate;
  gsize from, to; /* bytes of the text that is shown; nothing when it is gone */
  char *quote;    /* the words that were marked, on one line */
} BatonTextMark;

G_END_DECLS
