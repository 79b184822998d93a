/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "words.h"

G_BEGIN_DECLS

/* What was done to assets, versions, marks and reviews; NULL for any other verb. */
char *baton_words_asset (BatonNames *names, const BatonEntry *entry);

G_END_DECLS
