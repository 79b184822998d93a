/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of a file is looked at: a drawing may have a licence or the namespaces of its program before it.
 */
#define BATON_DRAWING_HEAD 32768

typedef enum
{
  BATON_DRAWING_NONE,
  BATON_DRAWING_TEXT,
  BATON_DRAWING_COMPRESSED, /* the same by gzip, as Inkscape writes it */
} BatonDrawingHead;

/* Whether what a file begins with is an XML text, in UTF-8 or UTF-16, whose first element is <svg>. Pages and
 * copy that have a drawing somewhere inside are none. */
BatonDrawingHead baton_drawing_head (const guint8 *head, gsize size);

G_END_DECLS
