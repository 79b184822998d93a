/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Markdown (CommonMark) as a flat list of blocks that labels can show. Whatever the source says, the markup
 * of a block holds only <b>, <i>, <tt> and <a href> that were made here, and everything else escaped. Raw
 * HTML is shown as text; only http, https and mailto become links. */
typedef enum
{
  BATON_BLOCK_PARAGRAPH,
  BATON_BLOCK_HEADING,
  BATON_BLOCK_CODE,
  BATON_BLOCK_RULE,
} BatonBlockKind;

typedef struct
{
  BatonBlockKind kind;
  guint level;  /* of a heading, 1 to 6 */
  guint depth;  /* how many lists it lies in */
  guint quotes; /* how many quotes it lies in */
  char *marker; /* "•" or "3." before the first block of a list item, else NULL */
  GString *markup;
} BatonBlock;

void baton_block_free (BatonBlock *block);

/* Transfer full, of BatonBlock. */
GPtrArray *baton_markdown_blocks (const char *source);

/* Whether an address may be opened. */
gboolean baton_markdown_is_safe_uri (const char *uri);

/* Escapes a text and makes its bare http and https addresses links. */
void baton_markdown_append_text (GString *markup, const char *text);

G_END_DECLS
