/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <jansson.h>
#include <glib.h>

/* A board file like Trello's, with a consistent past, drawn from random numbers. */
typedef struct
{
  guint lists;
  guint cards;
  guint actions; /* about as many, beside those that create */
} TrelloSize;

json_t *make_trello (GRand *rand, const TrelloSize *size);
