/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A person as a small disc with initials, in the colour that they have on the cards too. */
#define BATON_TYPE_PERSON_FACE (baton_person_face_get_type ())
G_DECLARE_FINAL_TYPE (BatonPersonFace, baton_person_face, BATON, PERSON_FACE, GtkWidget)

/* size: diameter in pixels. */
GtkWidget *baton_person_face_new (int size);
/* person may be NULL: nobody known. */
void baton_person_face_set (BatonPersonFace *self, BatonItem *person, const char *name);

G_END_DECLS
