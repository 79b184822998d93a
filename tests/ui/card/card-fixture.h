/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-pane-private.h"
#include "ui-find.h"
#include "ui-run.h"

G_BEGIN_DECLS

/* A workspace made by operations, with one board, and the card pane in a window of its own. */
typedef struct
{
  char *folder;
  BatonWorkspace *workspace;
  BatonBoard *board;
  GtkWindow *window;
  BatonCardPane *pane;

  GPtrArray *ids; /* owns the ids below */
  char *me;
  char *lea;
  char *board_id;
  char *stages[4];
  char *criteria[5];
  char *channel;
  char *campaign;
  char *asset_type;
  char *labels[2];
  char *custom;
  char *hero; /* a card with everything */
  char *banner;
  char *print;
  char *checklist;
  char *items[3];

  GPtrArray *verbs; /* names of the operations since card_fixture_forget */
} CardFixture;

void card_fixture_init (int *argc, char ***argv);
void card_fixture_open (CardFixture *f, BatonStoreFlags flags);
/* Closes the window and the workspace; keep: leaves the folder, to be opened again. */
void card_fixture_close (CardFixture *f, gboolean keep);
void card_fixture_reopen (CardFixture *f, BatonStoreFlags flags);
void card_fixture_show (CardFixture *f, const char *card);

/* Runs the main loop until the condition holds, at most five seconds. */
typedef gboolean (*CardCondition) (CardFixture *f, gpointer data);
void card_fixture_until (CardFixture *f, CardCondition condition, gpointer data, const char *what);

void card_fixture_forget (CardFixture *f);
/* Waits for one operation and wants it to be this verb, and no other to follow. */
void card_fixture_expect (CardFixture *f, const char *verb);

/* Performs as another person, and waits. */
void card_fixture_foreign (CardFixture *f, BatonOp *op);

/* Types into an editor as a person would. */
void card_fixture_type (gpointer editor, const char *text);

G_END_DECLS
