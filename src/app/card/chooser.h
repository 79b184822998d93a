/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A popover to choose from: one value, or several that are ticked. Long lists are searched; what the rules
 * refuse is said in the popover, which stays open. */
#define BATON_TYPE_CHOOSER (baton_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BatonChooser, baton_chooser, BATON, CHOOSER, GtkPopover)

typedef struct
{
  char *id; /* "" for none */
  char *title;
  char *detail; /* may be NULL */
  char *color;  /* may be NULL */
  gboolean chosen;
} BatonChoice;

void baton_choice_free (BatonChoice *choice);

/* Lists what matches the typed text (case-folded, may be ""), at most most; *left_off says how many more
 * there are. Transfer full, of BatonChoice. */
typedef GPtrArray *(*BatonChoicesFunc) (
    BatonCardModel *model, BatonField field, const char *typed, guint most, guint *left_off);
/* The operation that chooses (on) or takes away. */
typedef BatonOp *(*BatonChooseFunc) (BatonCardModel *model, BatonField field, const char *id, gboolean on);

/* The operation that makes something new of this name, and in *id what it will be. NULL when nothing can be
 * made. */
typedef BatonOp *(*BatonCreateFunc) (BatonCardModel *model, BatonField field, const char *name, char **id);

/* create may be NULL: then only what is there can be chosen. */
GtkWidget *baton_chooser_new (BatonCardModel *model, BatonField field, const char *title, gboolean several,
    BatonChoicesFunc list, BatonChooseFunc choose, BatonCreateFunc create);

/* For tests: the choice as if it were clicked. */
void baton_chooser_choose (BatonChooser *self, const char *id);
void baton_chooser_create (BatonChooser *self); /* what is typed into the search */
const char *baton_chooser_refusal (BatonChooser *self);

G_END_DECLS
