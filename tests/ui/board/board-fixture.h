/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"
#include "board-view.h"
#include "lazy-list.h"
#include "test-board.h"
#include "window.h"
#include "ui-run.h"

G_BEGIN_DECLS

/* The real window on a workspace of its own: five stages, eight cards in the first one. */
typedef struct
{
  char *folder;
  BatonTestBoard *ids;
  BatonWindow *window;
  BatonWorkspace *workspace; /* borrowed from the window */
  BatonBoard *board;         /* borrowed from the window */
  GtkWidget *view;
} Fixture;

void fixture_init (int *argc, char ***argv);

Fixture *fixture_new (void);
Fixture *fixture_new_with (
    BatonStoreFlags flags, void (*prepare) (BatonWorkspace *workspace, BatonTestBoard *ids));
void fixture_free (Fixture *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* Runs the main loop until the condition holds; aborts with its text after half a minute. */
#define fixture_until(condition)                                            \
  G_STMT_START                                                              \
  {                                                                         \
    gint64 end_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;            \
    while (!(condition))                                                    \
      {                                                                     \
        if (g_get_monotonic_time () > end_)                                 \
          g_error ("%s:%d: waited for %s", __FILE__, __LINE__, #condition); \
        fixture_turn ();                                                    \
      }                                                                     \
  }                                                                         \
  G_STMT_END

void fixture_turn (void);
/* Waits until two frames have been painted. */
void fixture_settle (Fixture *f);

const char *fixture_stage (Fixture *f, guint index);
/* Titles of a stage's cards (all lanes), separated by commas. Transfer full. */
char *fixture_titles (Fixture *f, guint stage);
gboolean fixture_has (Fixture *f, guint stage, const char *titles);

/* The card's face, built if need be, and the focus on it. */
GtkWidget *fixture_face (Fixture *f, const char *card);
void fixture_focus (Fixture *f, const char *card);
const char *fixture_focused (Fixture *f); /* id of the card that has the focus, or NULL */

/* Activates an action of the board as a key or a menu would; on a card when one is given. */
void fixture_act (Fixture *f, const char *card, const char *action, const char *format, ...);

/* What somebody else does: takes the operation and must succeed. */
void fixture_do (Fixture *f, BatonOp *op);

/* A widget that is seen, of this type and with this text in it (label or tooltip); any type with
 * G_TYPE_INVALID. */
GtkWidget *fixture_find (Fixture *f, GType type, const char *text);
/* What was last said to a screen reader. */
const char *fixture_said (Fixture *f);

BatonItem *fixture_card (Fixture *f, guint index);

G_END_DECLS
