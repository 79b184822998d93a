/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of bodies that are being read may wait in memory. Whoever announces much and sends it slowly must
 * not keep others from being heard: small bodies have room of their own, and one person gets a part of the
 * room for large ones. Main thread only. */
typedef struct _BatonBodies BatonBodies;

#define BATON_BODIES_LARGE ((gsize) 96 << 20)  /* bytes of all large ones */
#define BATON_BODIES_PERSON ((gsize) 24 << 20) /* of one person's */
#define BATON_BODIES_SMALL ((gsize) 32 << 20)  /* of all small ones */
#define BATON_SMALL_BODY (64 << 10)            /* up to this a body is small */

BatonBodies *baton_bodies_new (void);
void baton_bodies_free (BatonBodies *bodies);

/* person: NULL when nobody is signed in. FALSE when there is no room now. */
gboolean baton_bodies_take (BatonBodies *bodies, const char *person, gsize length);
void baton_bodies_give_back (BatonBodies *bodies, const char *person, gsize length);

G_END_DECLS
