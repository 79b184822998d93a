/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The memory that the helper writes frames into and this program shows them from. Nothing is copied: a slot
 * is lent as a texture, and given back when the last reference to that is gone, in whichever thread. */
typedef struct _BatonMediaRing BatonMediaRing;

/* memfd: must be of the right size and no longer able to shrink, else NULL. socket: where RELEASE is said;
 * borrowed until baton_media_ring_close. */
BatonMediaRing *baton_media_ring_new (int memfd, int socket, int width, int height, gboolean alpha);
BatonMediaRing *baton_media_ring_ref (BatonMediaRing *self);
void baton_media_ring_unref (BatonMediaRing *self);
/* Nobody is told any more what is given back. */
void baton_media_ring_close (BatonMediaRing *self);

/* NULL when there is no such slot, or when it is still shown. */
GdkTexture *baton_media_ring_lend (BatonMediaRing *self, guint slot);

G_END_DECLS
