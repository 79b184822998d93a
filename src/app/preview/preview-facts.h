/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoded.h"
#include "preview-file.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line of facts below a preview: one line that opens all that is known about the file, each to be
 * selected and copied. */
#define BATON_TYPE_PREVIEW_FACTS (baton_preview_facts_get_type ())
G_DECLARE_FINAL_TYPE (BatonPreviewFacts, baton_preview_facts, BATON, PREVIEW_FACTS, GtkWidget)

GtkWidget *baton_preview_facts_new (void);
void baton_preview_facts_set_line (BatonPreviewFacts *self, const char *line);

/* file: NULL for none. decoded: what was found in it, or NULL; media: what the player says, or NULL. */
void baton_preview_facts_set_file (
    BatonPreviewFacts *self, const BatonPreviewFile *file, BatonDecoded *decoded, const char *media);

/* All of it as lines "name: value", for tests. Transfer full. */
char *baton_preview_facts_text (BatonPreviewFacts *self);

G_END_DECLS
