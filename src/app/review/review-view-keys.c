/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-view-private.h"

/* A review without a pointer: every key does what a button does. Keys are taken before what has the focus,
 * unless somebody types or a popover is open. */

static gboolean
is_typing (BatonReviewView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (root) ? gtk_window_get_focus (GTK_WINDOW (root)) : NULL;

  return focus != NULL && (GTK_IS_TEXT_VIEW (focus) || GTK_IS_EDITABLE (focus) ||
                              gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

/* The digit of a key, whether it needs Shift (as on a French keyboard) or not; *shifted: Shift was held on
 * top. */
static guint
digit_of (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gboolean *shifted)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  GdkDisplay *display =
      gtk_widget_get_display (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
  guint plain = 0;

  *shifted = FALSE;
  if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    return key - GDK_KEY_KP_0;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return key - GDK_KEY_0;
  if (!shift || !gdk_display_translate_key (display, code, 0, 0, &plain, NULL, NULL, NULL) ||
      plain < GDK_KEY_1 || plain > GDK_KEY_9)
    return 0;
  *shifted = TRUE;
  return plain - GDK_KEY_0;
}

static gboolean
mode_key (BatonReviewView *self, guint key)
{
  BatonCompareView *compare = self->compare;
  gboolean text =
      baton_compare_view_is_comparing (compare) && baton_compare_view_mode (compare) == BATON_COMPARE_INLINE;

  if (!baton_compare_view_is_comparing (compare))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_s:
      baton_compare_view_set_mode (compare, BATON_COMPARE_SIDE_BY_SIDE);
      return TRUE;
    case GDK_KEY_o:
      baton_compare_view_set_mode (compare, BATON_COMPARE_OVERLAY);
      return TRUE;
    case GDK_KEY_i:
      baton_compare_view_set_mode (compare, BATON_COMPARE_WIPE);
      return TRUE;
    case GDK_KEY_d:
      baton_compare_view_set_mode (compare, BATON_COMPARE_DIFFERENCE);
      return TRUE;
    case GDK_KEY_t:
      if (baton_compare_view_mode (compare) == BATON_COMPARE_TOGGLE)
        baton_compare_view_toggle (compare);
      else
        baton_compare_view_set_mode (compare, BATON_COMPARE_TOGGLE);
      return TRUE;
    case GDK_KEY_l:
      baton_compare_view_set_locked (compare, !baton_compare_view_is_locked (compare));
      return !text;
    default:
      return FALSE;
    }
}

static gboolean
tool_key (BatonReviewView *self, guint key)
{
  static const struct
  {
    guint key;
    BatonMarkShape tool;
  } tools[] = { { GDK_KEY_p, BATON_MARK_POINT }, { GDK_KEY_r, BATON_MARK_RECTANGLE },
    { GDK_KEY_f, BATON_MARK_STROKE }, { GDK_KEY_g, BATON_MARK_ARROW } };

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      if (tools[i].key != key)
        continue;
      baton_review_view_set_tool (
          self, baton_marks_layer_tool (self->marks) == tools[i].tool ? BATON_MARK_NONE : tools[i].tool);
      return TRUE;
    }
  return FALSE;
}

static gboolean
decision_key (BatonReviewView *self, guint key)
{
  BatonDecisionBar *decision = baton_review_side_decision (self->side);

  switch (key)
    {
    case GDK_KEY_a:
      baton_decision_bar_press (decision, "approved");
      return TRUE;
    case GDK_KEY_w:
      baton_decision_bar_press (decision, "approved_with_changes");
      return TRUE;
    case GDK_KEY_c:
      /* Of selected words, “comment” is meant. */
      if (!baton_review_view_mark_selection (self))
        baton_decision_bar_press (decision, "changes_requested");
      return TRUE;
    case GDK_KEY_x:
      baton_decision_bar_excuse (decision);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
conversation_key (BatonReviewView *self, guint key)
{
  BatonConversation *conversation = baton_review_side_conversation (self->side);

  switch (key)
    {
    case GDK_KEY_n:
      baton_conversation_write (conversation);
      return TRUE;
    case GDK_KEY_u:
      baton_conversation_set_unresolved_only (
          conversation, !baton_conversation_unresolved_only (conversation));
      return TRUE;
    case GDK_KEY_m:
      baton_conversation_step (conversation, TRUE);
      return TRUE;
    case GDK_KEY_comma:
      baton_conversation_step (conversation, FALSE);
      return TRUE;
    case GDK_KEY_e:
      baton_conversation_resolve (conversation);
      return TRUE;
    case GDK_KEY_y:
      if (!baton_review_view_reply (self))
        baton_conversation_reply (conversation);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
look_key (BatonReviewView *self, guint key, GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_j:
      baton_review_view_step (self, TRUE);
      return TRUE;
    case GDK_KEY_k:
      baton_review_view_step (self, FALSE);
      return TRUE;
    case GDK_KEY_Page_Down:
      baton_compare_view_step (self->compare, TRUE);
      return TRUE;
    case GDK_KEY_Page_Up:
      baton_compare_view_step (self->compare, FALSE);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_minus:
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
    case GDK_KEY_KP_Add:
    case GDK_KEY_KP_Subtract:
      return baton_compare_view_key (self->compare, key, state & GDK_CONTROL_MASK);
    default:
      return FALSE;
    }
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonReviewView *self)
{
  gboolean fail;
  guint digit, lower = gdk_keyval_to_lower (key);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || is_typing (self))
    return GDK_EVENT_PROPAGATE;
  if (baton_review_view_media_key (self, key, state) || look_key (self, lower, state) ||
      (key == GDK_KEY_Escape && baton_review_view_close_thread (self)))
    return GDK_EVENT_STOP;
  if (self->side == NULL)
    return GDK_EVENT_PROPAGATE;
  digit = digit_of (controller, key, code, state, &fail);
  if (digit > 0 && baton_criteria_list_press (baton_review_side_criteria (self->side), digit, fail))
    return GDK_EVENT_STOP;
  return decision_key (self, lower) || conversation_key (self, lower) || tool_key (self, lower) ||
         mode_key (self, lower);
}

void
baton_review_view_add_keys (BatonReviewView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
