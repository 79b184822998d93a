/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A card on paper, for people who have no Baton: its passport, and what was said about its versions. */

typedef enum
{
  BATON_PAPERS_PASSPORT, /* as PDF, HTML or Markdown */
  BATON_PAPERS_NOTES,    /* as PDF with the marks on the pages, or as a table (CSV) */
} BatonPapers;

/* Asks for the name of a file, whose ending says what it becomes, writes it on another thread, and tells in a
 * toast of the widget's window what became of it. */
void baton_papers_save (GtkWidget *widget, BatonWorkspace *workspace, const char *card, BatonPapers what);

/* The part after the question. A file that was there is replaced only by a whole one; any other ending than
 * those above makes a PDF. The result is whether it was written, of a GTask. */
void baton_papers_write_async (BatonWorkspace *workspace, const char *card, BatonPapers what, GFile *file,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* What a file for it is called where nobody says otherwise: “Hero passport.pdf”. Transfer full. */
char *baton_papers_propose_name (BatonWorkspace *workspace, const char *card, BatonPapers what);

/* The passport in the dialog of the system for printing. */
void baton_papers_print (GtkWidget *widget, BatonWorkspace *workspace, const char *card);
/* The same, ready to run. NULL with error when the card could not be read. */
GtkPrintOperation *baton_papers_print_operation (BatonWorkspace *workspace, const char *card, GError **error);

/* Says in the widget's window what went wrong; nothing for NULL. */
void baton_papers_tell_error (GtkWidget *widget, const GError *error);

G_END_DECLS
