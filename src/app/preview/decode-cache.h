/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoded.h"

G_BEGIN_DECLS

/* Decoded pictures by name, the least recently used thrown away when they are too many bytes. */
typedef struct _BatonDecodeCache BatonDecodeCache;

BatonDecodeCache *baton_decode_cache_new (gsize most_bytes);
void baton_decode_cache_free (BatonDecodeCache *self);
/* The caller's; NULL: not there. */
BatonDecoded *baton_decode_cache_get (BatonDecodeCache *self, const char *name);
void baton_decode_cache_put (BatonDecodeCache *self, const char *name, BatonDecoded *decoded);
gsize baton_decode_cache_bytes (BatonDecodeCache *self);

G_END_DECLS
