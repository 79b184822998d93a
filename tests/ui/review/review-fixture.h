/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-view.h"
#include "text-editor.h"
#include "thread-row.h"
#include "ui-find.h"
#include "ui-run.h"

G_BEGIN_DECLS

/* A workspace with reviews that wait for me (Rui), made by operations, with real files in its blobs. */
typedef struct
{
  char *folder;
  BatonWorkspace *workspace;
  GtkWindow *window;
  BatonReviewView *view;

  GPtrArray *ids; /* owns the ids below */
  char *me, *lea, *ana;
  char *board;
  char *stages[3]; /* review, changes, done */
  char *type;
  char *checks[5];
  char *hero, *hero_asset, *hero_versions[4], *hero_review; /* four versions of a picture */
  char *copy, *copy_asset, *copy_versions[3], *copy_review; /* two of a text; its window is over */
  char *copy_comments[2]; /* on words of its first version: they changed; they are the same */
  const char *copy_text;  /* of the newest version */
  char *print, *print_asset, *print_version, *print_review; /* one version, the fast lane */
  char *open_comment, *settled_comment; /* on the hero's fourth, and on its third version */

  GPtrArray *verbs; /* names of the operations since review_forget */
} ReviewFixture;

void review_fixture_init (int *argc, char ***argv);
/* Only the workspace; view: with the review view in a window of its own. */
void review_fixture_open (ReviewFixture *f, gboolean view);
void review_fixture_close (ReviewFixture *f);
/* Closes the workspace; its folder stays. */
void review_fixture_leave (ReviewFixture *f);
/* Makes the workspace in a folder and leaves it open; no window. */
void review_fixture_fill (ReviewFixture *f, const char *folder);

void review_perform (ReviewFixture *f, BatonOp *op); /* as me */
void review_perform_as (ReviewFixture *f, char *person, BatonOp *op);

/* Another card with an asset of one version (a plain picture of this colour) and a review for me. *review:
 * its id. */
void review_add (ReviewFixture *f, const char *title, guint32 colour, gint64 ends, char **review);

/* A comment of Lea's on the first place of some words in the newest version of the text. *comment: its id. */
void review_mark_text (ReviewFixture *f, const char *words, const char *text, char **comment);
/* The next version of the text, and a review of it in place of the one that was open. */
void review_next_copy (ReviewFixture *f, const char *text);

/* A card with an asset of another kind of file, without a version; ids, borrowed. */
void review_add_asset (ReviewFixture *f, const char *title, const char *file, char **card, char **asset);
/* Its next version, made from parent (or NULL). */
char *review_add_version (ReviewFixture *f, const char *asset, const char *parent, const char *file,
    const char *media, GBytes *bytes);

typedef gboolean (*ReviewCondition) (ReviewFixture *f, gpointer data);
void review_until (ReviewFixture *f, ReviewCondition condition, gpointer data, const char *what);
/* Waits until the view shows this review, read and with its picture. */
void review_wait_for (ReviewFixture *f, const char *review);

void review_forget (ReviewFixture *f);
/* Waits for one operation and wants it to be this verb, and no other to follow. */
void review_expect (ReviewFixture *f, const char *verb);

/* A key as the widget's own controllers see it, the capturing ones first. TRUE when one of them took it. */
gboolean review_press_on (gpointer widget, guint key, GdkModifierType state);
gboolean review_press (ReviewFixture *f, guint key);
/* Types where the keyboard is, and sends it as the key would. */
BatonTextEditor *review_editor (ReviewFixture *f);
void review_type (ReviewFixture *f, const char *text);
void review_submit (ReviewFixture *f);

/* The one that was made last on a card. */
BatonRow *review_last_comment (ReviewFixture *f, const char *card);
/* Its row in the conversation; NULL when it is not there. */
BatonThreadRow *review_thread (ReviewFixture *f, const char *comment);

/* A row as it is now. */
BatonRow *review_row (ReviewFixture *f, BatonEntity entity, const char *id);

/* Opens it with a view that shows the review of the hero image. */
void review_show_hero (ReviewFixture *f);

G_END_DECLS
