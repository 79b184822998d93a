/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-face.h"
#include "card-facts.h"
#include "cover.h"
#include "presence.h"

G_BEGIN_DECLS

#define BATON_FACE_PADDING 10
#define BATON_FACE_AVATAR 20 /* at the least: with larger text it grows around its letters */
#define BATON_FACE_N_TEXTS 8

struct _BatonCardFace
{
  GtkWidget parent_instance;

  BatonBoard *board;
  BatonItem *card;
  BatonCardFacts facts;
  PangoLayout *layouts[BATON_FACE_N_TEXTS]; /* NULL where there is nothing to say */
  GdkRGBA avatar;
  guint fonts;      /* serial of the Pango context that the layouts were made with */
  int laid_out_for; /* width that the layouts were made for */
  BatonCover *cover;
  BatonPresence *presence;
  GtkWidget *watchers; /* who looks at it now; made when somebody does */
};

/* card-face.c: whether somebody else looks at the card now, how wide their row is (pixels, 0 without one),
 * and the title in one line, no longer than anybody reads (transfer full). */
gboolean baton_card_face_is_watched (BatonCardFace *self);
int baton_card_face_watchers_width (BatonCardFace *self);
char *baton_card_face_short_title (BatonItem *card);

/* card-face-draw.c: measures and draws; clear_layouts when the texts are others. */
void baton_card_face_clear_layouts (BatonCardFace *self);
void baton_card_face_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline);
void baton_card_face_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* card-face-keys.c */
void baton_card_face_add_keys (GtkWidgetClass *klass);
void baton_card_face_add_accessible_actions (GtkWidgetClass *klass);

G_END_DECLS
