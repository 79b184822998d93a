/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "effect.h"

G_BEGIN_DECLS

/* Private to client: an effect's changes row by row, in the order in which rows first appear. */
typedef struct
{
  BatonEntity entity;
  const char *id;     /* borrowed from the effect */
  BatonRow *created;  /* borrowed; NULL for a row that was there */
  GPtrArray *changes; /* const BatonChange *, without the creation */
} BatonRowChanges;

GPtrArray *baton_changes_by_row (const BatonEffect *effect);

gboolean baton_row_changes_touch (const BatonRowChanges *changes, BatonField field);

G_END_DECLS
