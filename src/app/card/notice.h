/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A line that says why something was refused, at the place where the person is looking. Hidden while all is
 * well. */
#define BATON_TYPE_NOTICE (baton_notice_get_type ())
G_DECLARE_FINAL_TYPE (BatonNotice, baton_notice, BATON, NOTICE, GtkBox)

GtkWidget *baton_notice_new (void);
void baton_notice_say (BatonNotice *self, const char *text); /* NULL: all is well */
const char *baton_notice_text (BatonNotice *self);           /* NULL while hidden */

/* Performs an operation (taken). A refusal is said here; owner (a GObject, kept until then) gets the effect,
 * or NULL for a refusal. func may be NULL. */
typedef void (*BatonPerformedFunc) (gpointer owner, const BatonEffect *effect);
void baton_notice_perform (
    BatonNotice *self, BatonWorkspace *workspace, BatonOp *op, BatonPerformedFunc func, gpointer owner);

G_END_DECLS
