/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"
#include "window.h"
#include "ui-run.h"

G_BEGIN_DECLS

/* A running application with a window on a workspace of its own: one board from a template and some cards. */
typedef struct
{
  BatonApplication *application;
  BatonWindow *window;
  BatonWorkspace *workspace; /* borrowed */
  BatonBoard *board;         /* borrowed */
  char *folder;
} Setup;

/* Before anything else in main: data and settings of a test, no accessibility bus. */
void setup_init (int *argc, char ***argv);

/* With NULL as folder a new one. cards: in the first stage; every fourth is archived, every fifth binned. */
Setup *setup_new (const char *template_name, guint cards);
void setup_free (Setup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Setup, setup_free)

/* Runs the main loop until the condition holds; fails after 20 seconds. */
#define setup_until(condition)                                                      \
  G_STMT_START                                                                      \
  {                                                                                 \
    gint64 setup_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;               \
    while (!(condition))                                                            \
      {                                                                             \
        if (g_get_monotonic_time () > setup_end)                                    \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
        setup_turn ();                                                              \
      }                                                                             \
  }                                                                                 \
  G_STMT_END
void setup_turn (void);

/* The newest open window of a type by name, or NULL. Borrowed. */
GtkWidget *setup_window (const char *type_name);
guint setup_n_windows (void); /* that are shown */
/* The first widget below one of a type by name, or with this label; NULL when there is none. Borrowed. */
GtkWidget *setup_find (GtkWidget *below, const char *type_name);
GtkWidget *setup_find_labelled (GtkWidget *below, const char *type_name, const char *label);
/* Preferences rows by title. */
GtkWidget *setup_find_row (GtkWidget *below, const char *title);
void setup_click (GtkWidget *button);
/* As a press on one of a message dialog's buttons. */
void setup_respond (GtkWidget *dialog, const char *response);
void setup_type (GtkWidget *editable, const char *text); /* and Enter */

/* Sequence of the last operation: the difference counts operations. Waits until none is under way. */
gint64 setup_seq (BatonWorkspace *workspace);

G_END_DECLS
