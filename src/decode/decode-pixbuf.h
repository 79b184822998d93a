/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* What goes through gdk-pixbuf. */

/* A loader that has eaten the bytes; NULL with *status when it could not. type: "png", … or NULL to let it
 * guess. scale: read it no larger than was asked for, where the loader can. */
GdkPixbufLoader *baton_decode_load (BatonDecodeJob *job, const char *type, const guint8 *data, gsize size,
    gboolean scale, BatonDecodeStatus *status);

BatonDecodeStatus baton_decode_pixbuf_over (BatonDecodeJob *job, GdkPixbuf *pixbuf, int orientation);

G_END_DECLS
