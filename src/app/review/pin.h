/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The number of a comment at its place: upon a picture, beside a line of text. A button, so that the keyboard
 * and assistive technology reach it.
 *
 * Signal touched (int how): a BatonPinTouch */
#define BATON_TYPE_PIN (baton_pin_get_type ())
G_DECLARE_FINAL_TYPE (BatonPin, baton_pin, BATON, PIN, GtkButton)

typedef enum
{
  BATON_PIN_ENTERED, /* by the pointer */
  BATON_PIN_LEFT,
  BATON_PIN_FOCUSED,   /* by the keyboard */
  BATON_PIN_UNFOCUSED, /* neither it nor what is open upon it has the keyboard */
  BATON_PIN_PRESSED,
} BatonPinTouch;

#define BATON_PIN_RADIUS 12.0

typedef struct
{
  guint number;
  gboolean resolved;
  gboolean carried; /* of an earlier version */
  gboolean selected;
  gboolean aside; /* beside a text: its point is of no use */
} BatonPinLook;

/* comment: the id of the thread's first comment. */
GtkWidget *baton_pin_new (const char *comment);
const char *baton_pin_comment (BatonPin *self);
void baton_pin_show (BatonPin *self, BatonPinLook look);

/* The pin of a comment; made when it is not there yet. pins: comment → BatonPin, borrowed. func: a handler of
 * “touched” that gets `owner`. *added: it must be given a parent. */
BatonPin *baton_pin_ensure (
    GHashTable *pins, const char *comment, GCallback func, gpointer owner, gboolean *added);

G_END_DECLS
