/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows a text, formatted or plain, as labels that wrap. Of a very long text only the beginning is laid out
 * until somebody asks for all of it. */
#define BATON_TYPE_MARKDOWN_VIEW (baton_markdown_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonMarkdownView, baton_markdown_view, BATON, MARKDOWN_VIEW, GtkBox)

GtkWidget *baton_markdown_view_new (void);
void baton_markdown_view_set_markdown (BatonMarkdownView *self, const char *source);
void baton_markdown_view_set_plain (BatonMarkdownView *self, const char *text);
void baton_markdown_view_set_selectable (BatonMarkdownView *self, gboolean selectable);

/* Bytes of text beyond which the rest waits behind “Show all”. */
#define BATON_MARKDOWN_SHOWN 6000
#define BATON_PLAIN_SHOWN 600

G_END_DECLS
