/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-bar.h"

#include "bar-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *tip;
} modes[BATON_N_COMPARE_MODES] = {
  [BATON_COMPARE_SIDE_BY_SIDE] = { N_ ("Side by side"),
      N_ ("The newer version left, its predecessor right (S)") },
  [BATON_COMPARE_OVERLAY] = { N_ ("Overlay"), N_ ("One upon the other, half seen through (O)") },
  [BATON_COMPARE_WIPE] = { N_ ("Wipe"), N_ ("A line between them that can be dragged (I)") },
  [BATON_COMPARE_DIFFERENCE] = { N_ ("Difference"), N_ ("What is the same is black (D)") },
  [BATON_COMPARE_TOGGLE] = { N_ ("Toggle"), N_ ("By turns at the same place (T)") },
  [BATON_COMPARE_INLINE] = { N_ ("Inline"), N_ ("One in the other (O)") },
};

struct _BatonCompareBar
{
  GtkBox parent_instance;

  GtkWidget *chooser; /* the modes: as buttons, or in a narrow view as a list */
  GtkWidget *buttons;
  GtkDropDown *list;
  GtkWidget *mode_buttons[BATON_N_COMPARE_MODES];
  GtkWidget *lock;
  GtkWidget *opacity;
  GtkWidget *amplify;
  GtkWidget *steps;
  GtkLabel *steps_words;
  GtkLabel *facts;
  BatonCompareOf of;
  gboolean showing; /* buttons are set by the program */
};

enum
{
  MODE,
  LOCK,
  OPACITY,
  AMPLIFY,
  STEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCompareBar, baton_compare_bar, GTK_TYPE_BOX)

static void
mode_toggled_cb (GtkToggleButton *button, BatonCompareBar *self)
{
  if (self->showing || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < BATON_N_COMPARE_MODES; i++)
    {
      if (self->mode_buttons[i] == GTK_WIDGET (button))
        g_signal_emit (self, signals[MODE], 0, i);
    }
}

/* The modes that fit, in order. */
static guint
fitting (BatonCompareOf of, BatonCompareMode *fits)
{
  guint n = 0;

  for (int i = 0; i < BATON_N_COMPARE_MODES; i++)
    {
      if (i == BATON_COMPARE_SIDE_BY_SIDE || (i == BATON_COMPARE_INLINE) == (of == BATON_COMPARE_OF_TEXTS))
        fits[n++] = (BatonCompareMode) i;
    }
  return n;
}

static void
chosen_cb (GtkDropDown *list, GParamSpec *pspec, BatonCompareBar *self)
{
  BatonCompareMode fits[BATON_N_COMPARE_MODES];
  guint n = fitting (self->of, fits), selected = gtk_drop_down_get_selected (list);

  if (!self->showing && selected < n)
    g_signal_emit (self, signals[MODE], 0, (int) fits[selected]);
}

static void
show_list (BatonCompareBar *self, BatonCompareOf of, BatonCompareMode mode)
{
  BatonCompareMode fits[BATON_N_COMPARE_MODES];
  guint n = fitting (of, fits);

  if (self->of != of || gtk_drop_down_get_model (self->list) == NULL)
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

      for (guint i = 0; i < n; i++)
        gtk_string_list_append (names, _ (modes[fits[i]].title));
      gtk_drop_down_set_model (self->list, G_LIST_MODEL (names));
    }
  for (guint i = 0; i < n; i++)
    {
      if (fits[i] == mode)
        gtk_drop_down_set_selected (self->list, i);
    }
}

static void
lock_toggled_cb (GtkToggleButton *button, BatonCompareBar *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[LOCK], 0, gtk_toggle_button_get_active (button));
}

static void
opacity_cb (GtkRange *range, BatonCompareBar *self)
{
  g_signal_emit (self, signals[OPACITY], 0, gtk_range_get_value (range));
}

static void
amplify_cb (GtkToggleButton *button, BatonCompareBar *self)
{
  g_signal_emit (self, signals[AMPLIFY], 0, gtk_toggle_button_get_active (button));
}

static void
back_cb (GtkButton *button, BatonCompareBar *self)
{
  g_signal_emit (self, signals[STEP], 0, FALSE);
}

static void
forward_cb (GtkButton *button, BatonCompareBar *self)
{
  g_signal_emit (self, signals[STEP], 0, TRUE);
}

static void
update_lock (BatonCompareBar *self, gboolean locked)
{
  const char *words = locked ? _ ("Zoom and pan together (L)") : _ ("Zoom and pan each for itself (L)");

  gtk_button_set_icon_name (
      GTK_BUTTON (self->lock), locked ? "changes-prevent-symbolic" : "changes-allow-symbolic");
  gtk_widget_set_tooltip_text (self->lock, words);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Zoom and pan together"), -1);
}

void
baton_compare_bar_show (BatonCompareBar *self, BatonCompareOf of, BatonCompareMode mode, gboolean locked)
{
  self->showing = TRUE;
  gtk_widget_set_visible (self->chooser, of != BATON_COMPARE_OF_NONE);
  show_list (self, of, mode);
  self->of = of;
  for (int i = 0; i < BATON_N_COMPARE_MODES; i++)
    {
      gboolean fits =
          i == BATON_COMPARE_SIDE_BY_SIDE || (i == BATON_COMPARE_INLINE) == (of == BATON_COMPARE_OF_TEXTS);

      gtk_widget_set_visible (self->mode_buttons[i], fits);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mode_buttons[i]), i == (int) mode);
    }
  gtk_widget_set_visible (self->lock, of == BATON_COMPARE_OF_PICTURES && mode == BATON_COMPARE_SIDE_BY_SIDE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->lock), locked);
  update_lock (self, locked);
  gtk_widget_set_visible (self->opacity, of == BATON_COMPARE_OF_PICTURES && mode == BATON_COMPARE_OVERLAY);
  gtk_widget_set_visible (self->amplify, of == BATON_COMPARE_OF_PICTURES && mode == BATON_COMPARE_DIFFERENCE);
  self->showing = FALSE;
}

void
baton_compare_bar_set_steps (BatonCompareBar *self, const char *words)
{
  gtk_widget_set_visible (self->steps, words != NULL);
  gtk_label_set_label (self->steps_words, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->steps_words), words);
}

void
baton_compare_bar_set_facts (BatonCompareBar *self, const char *facts)
{
  gtk_label_set_label (self->facts, facts != NULL ? facts : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
}

const char *
baton_compare_bar_facts (BatonCompareBar *self)
{
  return gtk_label_get_label (self->facts);
}

GtkWidget *
baton_compare_bar_button (BatonCompareBar *self, BatonCompareMode mode)
{
  return self->mode_buttons[mode];
}

static void
baton_compare_bar_class_init (BatonCompareBarClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[MODE] =
      g_signal_new ("mode", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[LOCK] =
      g_signal_new ("lock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[OPACITY] =
      g_signal_new ("opacity", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[AMPLIFY] =
      g_signal_new ("amplify", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[STEP] =
      g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

/* The row of modes wants no more than the list that stands for it, and gets what the others leave: it would
 * else take the room of words that are cut off, and show the list all the same. */
static void
shy_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (
      gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
shy_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (
      gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static GtkWidget *
make_shy (GtkWidget *child)
{
  GtkWidget *shy = adw_bin_new ();

  adw_bin_set_child (ADW_BIN (shy), child);
  gtk_widget_set_layout_manager (shy, gtk_custom_layout_new (NULL, shy_measure, shy_allocate));
  gtk_widget_set_hexpand (shy, TRUE);
  return shy;
}

static void
add_modes (BatonCompareBar *self)
{
  self->buttons = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->buttons), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How to compare"), -1);
  gtk_widget_add_css_class (self->buttons, "compare-modes");
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_START);
  for (int i = 0; i < BATON_N_COMPARE_MODES; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (modes[i].title));

      gtk_widget_set_tooltip_text (button, _ (modes[i].tip));
      gtk_widget_set_focus_on_click (button, FALSE);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->mode_buttons[0]));
      g_signal_connect (button, "toggled", G_CALLBACK (mode_toggled_cb), self);
      gtk_box_append (GTK_BOX (self->buttons), button);
      self->mode_buttons[i] = button;
    }
  self->list = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How to compare"), -1);
  gtk_widget_set_halign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  g_signal_connect (self->list, "notify::selected", G_CALLBACK (chosen_cb), self);
  self->chooser = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->chooser), FALSE);
  adw_squeezer_set_xalign (ADW_SQUEEZER (self->chooser), 0);
  adw_squeezer_add (ADW_SQUEEZER (self->chooser), self->buttons);
  adw_squeezer_add (ADW_SQUEEZER (self->chooser), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), make_shy (self->chooser));
}

static void
add_tools (BatonCompareBar *self)
{
  self->lock = gtk_toggle_button_new ();
  gtk_widget_add_css_class (self->lock, "flat");
  gtk_widget_set_focus_on_click (self->lock, FALSE);
  g_signal_connect (self->lock, "toggled", G_CALLBACK (lock_toggled_cb), self);
  gtk_box_append (GTK_BOX (self), self->lock);
  self->opacity = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.05);
  gtk_range_set_value (GTK_RANGE (self->opacity), 0.5);
  gtk_widget_set_size_request (self->opacity, 120, -1);
  gtk_widget_set_tooltip_text (self->opacity, _ ("How much of the older version is seen"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->opacity), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Opacity of the older version"), -1);
  g_signal_connect (self->opacity, "value-changed", G_CALLBACK (opacity_cb), self);
  gtk_box_append (GTK_BOX (self), self->opacity);
  self->amplify = gtk_toggle_button_new_with_label (_ ("Amplify"));
  gtk_label_set_ellipsize (
      GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->amplify))), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->amplify, "flat");
  gtk_widget_set_tooltip_text (self->amplify, _ ("Small differences eight times as bright"));
  g_signal_connect (self->amplify, "toggled", G_CALLBACK (amplify_cb), self);
  gtk_box_append (GTK_BOX (self), self->amplify);
}

static GtkWidget *
step_button (BatonCompareBar *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->steps), button);
  return button;
}

static void
add_steps (BatonCompareBar *self)
{
  self->steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  step_button (self, "go-previous-symbolic", _ ("Back (Page Up)"), G_CALLBACK (back_cb));
  self->steps_words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->steps_words, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->steps_words), "numeric");
  gtk_box_append (GTK_BOX (self->steps), GTK_WIDGET (self->steps_words));
  step_button (self, "go-next-symbolic", _ ("On (Page Down)"), G_CALLBACK (forward_cb));
  gtk_widget_set_visible (self->steps, FALSE);
  gtk_box_append (GTK_BOX (self), self->steps);
}

static void
baton_compare_bar_init (BatonCompareBar *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), baton_bar_layout_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self), "compare-bar");
  add_modes (self);
  add_tools (self);
  add_steps (self);
  self->facts = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->facts, PANGO_ELLIPSIZE_END);
  /* In a line of their own they may be longer than it. */
  gtk_label_set_wrap (self->facts, TRUE);
  gtk_label_set_lines (self->facts, 3);
  gtk_label_set_xalign (self->facts, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->facts));
  baton_compare_bar_show (self, BATON_COMPARE_OF_NONE, BATON_COMPARE_SIDE_BY_SIDE, TRUE);
}

GtkWidget *
baton_compare_bar_new (void)
{
  return g_object_new (BATON_TYPE_COMPARE_BAR, NULL);
}
