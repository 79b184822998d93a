/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "card-drag.h"
#include "fixture.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *overlay;
  GtkWidget *card;
  BatonCardDrag *drag;
  GString *events;
  gboolean on_target; /* what drop() says */
  gboolean at_once;   /* drop() answers itself, with yes */
  gboolean in_drag_at_begin;
} Fixture;

static gboolean
pick (BatonCardDrag *drag, double x, double y, BatonCardDragSource *source, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append (f->events, "pick ");
  source->widget = x < 200 ? f->card : NULL;
  source->n_cards = 3;
  return source->widget != NULL;
}

static void
begin (BatonCardDrag *drag, gpointer user_data)
{
  Fixture *f = user_data;

  f->in_drag_at_begin = baton_card_drag_is_active (drag);
  g_string_append (f->events, "begin ");
}

static void
motion (BatonCardDrag *drag, double x, double y, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->events, "motion %g,%g ", x, y);
}

static gboolean
drop (BatonCardDrag *drag, double x, double y, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append_printf (f->events, "drop %g,%g ", x, y);
  if (f->at_once)
    baton_card_drag_finish (drag, TRUE, &GRAPHENE_RECT_INIT (300, 20, 180, 80));
  return f->on_target;
}

static void
cancel (BatonCardDrag *drag, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->events, "cancel ");
}

static void
ended (BatonCardDrag *drag, gboolean accepted, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->events, "ended %d ", accepted);
}

static void
open_drag (Fixture *f)
{
  const BatonCardDragFuncs funcs = { pick, begin, motion, drop, cancel, NULL, ended };

  *f = (Fixture){ .on_target = TRUE, .events = g_string_new (NULL) };
  f->window = gtk_window_new ();
  f->overlay = gtk_overlay_new ();
  f->card = gtk_label_new ("Hero image");
  gtk_widget_set_size_request (f->card, 180, 80);
  gtk_widget_set_halign (f->card, GTK_ALIGN_START);
  gtk_widget_set_valign (f->card, GTK_ALIGN_START);
  gtk_widget_add_css_class (f->card, "card");
  gtk_overlay_set_child (GTK_OVERLAY (f->overlay), f->card);
  gtk_window_set_child (GTK_WINDOW (f->window), f->overlay);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 640, 400);
  f->drag = baton_card_drag_new (GTK_OVERLAY (f->overlay), &funcs, f);
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
}

static void
close_drag (Fixture *f)
{
  g_clear_object (&f->drag);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_string_free (f->events, TRUE);
}

static void
assert_events (Fixture *f, const char *events)
{
  g_assert_cmpstr (f->events->str, ==, events);
  g_string_truncate (f->events, 0);
}

/* Waits until the card is at rest, for as long as an animation can take. */
static void
wait_ended (Fixture *f)
{
  for (int i = 0; i < 100 && strstr (f->events->str, "ended") == NULL; i++)
    fixture_wait (20);
}

static void
test_accepted (void)
{
  Fixture f;
  graphene_rect_t lifted;

  open_drag (&f);
  g_assert_false (baton_card_drag_lift (f.drag, 300, 10));
  assert_events (&f, "pick ");
  g_assert_true (baton_card_drag_lift (f.drag, 30, 10));
  g_assert_true (f.in_drag_at_begin);
  baton_card_drag_move (f.drag, 330, 110);
  g_assert_true (baton_card_drag_get_lifted (f.drag, &lifted));
  g_assert_cmpfloat (lifted.origin.x, ==, 300);
  g_assert_cmpfloat (lifted.origin.y, ==, 100);
  g_assert_cmpfloat (lifted.size.width, ==, 180);
  fixture_settle (f.window);
  baton_card_drag_release (f.drag);
  g_assert_false (baton_card_drag_is_active (f.drag));
  assert_events (&f, "pick begin motion 330,110 drop 330,110 ");

  /* The answer takes its time; meanwhile nothing else can be lifted, and it is too late to cancel. */
  baton_card_drag_cancel (f.drag);
  g_assert_false (baton_card_drag_lift (f.drag, 30, 10));
  baton_card_drag_finish (f.drag, TRUE, &GRAPHENE_RECT_INIT (300, 20, 180, 80));
  wait_ended (&f);
  assert_events (&f, "ended 1 ");
  g_assert_false (baton_card_drag_get_lifted (f.drag, &lifted));
  baton_card_drag_finish (f.drag, TRUE, NULL);
  assert_events (&f, "");
  close_drag (&f);
}

static void
test_answer_at_once (void)
{
  Fixture f;

  open_drag (&f);
  f.at_once = TRUE;
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_release (f.drag);
  wait_ended (&f);
  assert_events (&f, "pick begin drop 30,10 ended 1 ");
  close_drag (&f);
}

static void
test_refused (void)
{
  Fixture f;

  open_drag (&f);
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_move (f.drag, 630, 390);
  baton_card_drag_release (f.drag);
  baton_card_drag_refuse (f.drag, "“In review” is full: 4 of 4.");
  g_assert_cmpstr (baton_card_drag_get_message (f.drag), ==, "“In review” is full: 4 of 4.");
  wait_ended (&f);
  assert_events (&f, "pick begin motion 630,390 drop 630,390 ended 0 ");
  fixture_wait (4100);
  g_assert_null (baton_card_drag_get_message (f.drag));

  /* Lifting again takes a message away at once. */
  baton_card_drag_show_message (f.drag, "No.", 10, 10);
  baton_card_drag_lift (f.drag, 30, 10);
  g_assert_null (baton_card_drag_get_message (f.drag));
  close_drag (&f);
}

static void
test_cancelled (void)
{
  Fixture f;

  open_drag (&f);
  baton_card_drag_cancel (f.drag);
  assert_events (&f, "");
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_cancel (f.drag);
  baton_card_drag_move (f.drag, 50, 50);
  baton_card_drag_release (f.drag);
  wait_ended (&f);
  assert_events (&f, "pick begin cancel ended 0 ");

  f.on_target = FALSE;
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_release (f.drag);
  wait_ended (&f);
  assert_events (&f, "pick begin drop 30,10 cancel ended 0 ");
  close_drag (&f);
}

/* A new drag may begin while the last card is still on its way: that one arrives at once. */
static void
test_next_before_rest (void)
{
  Fixture f;

  open_drag (&f);
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_cancel (f.drag);
  g_assert_true (baton_card_drag_lift (f.drag, 40, 10));
  assert_events (&f, "pick begin cancel ended 0 pick begin ");
  g_assert_true (baton_card_drag_is_active (f.drag));
  close_drag (&f);
}

static void
test_unmapped (void)
{
  Fixture f;

  open_drag (&f);
  baton_card_drag_lift (f.drag, 30, 10);
  gtk_widget_set_visible (f.window, FALSE);
  assert_events (&f, "pick begin cancel ended 0 ");
  gtk_widget_set_visible (f.window, TRUE);
  fixture_settle (f.window);
  g_assert_true (baton_card_drag_lift (f.drag, 30, 10));
  close_drag (&f);
}

static void
test_without_animations (void)
{
  Fixture f;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  open_drag (&f);
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_cancel (f.drag);
  assert_events (&f, "pick begin cancel ended 0 ");
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_release (f.drag);
  baton_card_drag_finish (f.drag, TRUE, NULL);
  assert_events (&f, "pick begin drop 30,10 ended 1 ");
  close_drag (&f);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

/* The window goes first, in the middle of everything. */
static void
test_window_destroyed (void)
{
  Fixture f;

  open_drag (&f);
  baton_card_drag_lift (f.drag, 30, 10);
  baton_card_drag_release (f.drag);
  baton_card_drag_refuse (f.drag, "No.");
  gtk_window_destroy (GTK_WINDOW (f.window));
  fixture_wait (50);
  g_assert_false (baton_card_drag_lift (f.drag, 30, 10));
  g_clear_object (&f.drag);
  g_string_free (f.events, TRUE);
}

static GtkWidget *
find_alert (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_ALERT)
    return widget;
  for (GtkWidget *w = gtk_widget_get_first_child (widget); w != NULL && found == NULL;
       w = gtk_widget_get_next_sibling (w))
    found = find_alert (w);
  return found;
}

static void
test_message_accessible (void)
{
  Fixture f;
  GtkWidget *alert;

  open_drag (&f);
  baton_card_drag_show_message (f.drag, "“In review” is full.", 630, 390);
  fixture_settle (f.window);
  alert = find_alert (f.window);
  g_assert_nonnull (alert);
  g_assert_true (gtk_widget_get_mapped (alert));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_PROPERTY_LABEL, "“In review” is full.");
  close_drag (&f);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/widgets/card-drag/accepted", test_accepted);
  g_test_add_func ("/widgets/card-drag/answer-at-once", test_answer_at_once);
  g_test_add_func ("/widgets/card-drag/refused", test_refused);
  g_test_add_func ("/widgets/card-drag/cancelled", test_cancelled);
  g_test_add_func ("/widgets/card-drag/next-before-rest", test_next_before_rest);
  g_test_add_func ("/widgets/card-drag/unmapped", test_unmapped);
  g_test_add_func ("/widgets/card-drag/without-animations", test_without_animations);
  g_test_add_func ("/widgets/card-drag/window-destroyed", test_window_destroyed);
  g_test_add_func ("/widgets/card-drag/message-accessible", test_message_accessible);
  return g_test_run ();
}
