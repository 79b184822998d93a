/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "due-chooser.h"

#include "card-choices.h"
#include "notice.h"

#include <glib/gi18n.h>

#define BATON_TYPE_DUE_CHOOSER (baton_due_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BatonDueChooser, baton_due_chooser, BATON, DUE_CHOOSER, GtkPopover)

struct _BatonDueChooser
{
  GtkPopover parent_instance;
  BatonCardModel *model;
  GtkCalendar *calendar;
  GtkSpinButton *hour, *minute;
  GtkWidget *clear;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonDueChooser, baton_due_chooser, GTK_TYPE_POPOVER)

static void
set_cb (gpointer owner, const BatonEffect *effect)
{
  if (effect != NULL)
    gtk_popover_popdown (owner);
}

static void
set_due (BatonDueChooser *self, gint64 due)
{
  BatonOp *op = baton_card_set_due (self->model, due);

  if (op != NULL)
    baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, set_cb, self);
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static gint64
due_now (BatonDueChooser *self)
{
  return baton_item_int (baton_card_model_card (self->model), BATON_CARD_DUE);
}

static void
set_day (BatonDueChooser *self, GDateTime *date)
{
  int year, month, day;
  g_autoptr (GDateTime) due = NULL;

  g_date_time_get_ymd (date, &year, &month, &day);
  due = g_date_time_new_local (year, month, day, gtk_spin_button_get_value_as_int (self->hour),
      gtk_spin_button_get_value_as_int (self->minute), 0);
  set_due (self, due != NULL ? g_date_time_to_unix (due) * G_USEC_PER_SEC : 0);
}

static void
set_clicked_cb (GtkButton *button, BatonDueChooser *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  set_day (self, date);
}

static void
clear_clicked_cb (GtkButton *button, BatonDueChooser *self)
{
  set_due (self, 0);
}

static void
in_days (BatonDueChooser *self, int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) date = g_date_time_add_days (now, days);

  set_day (self, date);
}

static void
today_cb (GtkButton *button, BatonDueChooser *self)
{
  in_days (self, 0);
}

static void
tomorrow_cb (GtkButton *button, BatonDueChooser *self)
{
  in_days (self, 1);
}

static void
next_week_cb (GtkButton *button, BatonDueChooser *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  in_days (self, 8 - g_date_time_get_day_of_week (now));
}

static void
map_cb (BatonDueChooser *self)
{
  gint64 due = due_now (self);
  g_autoptr (GDateTime) date =
      due != 0 ? g_date_time_new_from_unix_local (due / G_USEC_PER_SEC) : g_date_time_new_now_local ();

  baton_notice_say (self->notice, NULL);
  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
  /* A day without a time is due at its end. */
  gtk_spin_button_set_value (self->hour, due != 0 && date != NULL ? g_date_time_get_hour (date) : 23);
  gtk_spin_button_set_value (self->minute, due != 0 && date != NULL ? g_date_time_get_minute (date) : 59);
  gtk_widget_set_visible (self->clear, due != 0);
}

static void
baton_due_chooser_dispose (GObject *object)
{
  g_clear_object (&BATON_DUE_CHOOSER (object)->model);
  G_OBJECT_CLASS (baton_due_chooser_parent_class)->dispose (object);
}

static void
baton_due_chooser_class_init (BatonDueChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_due_chooser_dispose;
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, GCallback callback, BatonDueChooser *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_hexpand (button, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static gboolean
two_digits_cb (GtkSpinButton *spin, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkSpinButton *
add_time_part (GtkWidget *box, double most, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_widget_set_hexpand (spin, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (spin, "output", G_CALLBACK (two_digits_cb), NULL);
  gtk_box_append (GTK_BOX (box), spin);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
new_time (BatonDueChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->hour = add_time_part (box, 23, _ ("Hour"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  self->minute = add_time_part (box, 59, _ ("Minute"));
  return box;
}

static void
baton_due_chooser_init (BatonDueChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *days = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_widget_add_css_class (add_button (days, _ ("Today"), G_CALLBACK (today_cb), self), "flat");
  gtk_widget_add_css_class (add_button (days, _ ("Tomorrow"), G_CALLBACK (tomorrow_cb), self), "flat");
  gtk_widget_add_css_class (add_button (days, _ ("Next Monday"), G_CALLBACK (next_week_cb), self), "flat");
  gtk_box_append (GTK_BOX (box), days);
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), new_time (self));
  self->clear = add_button (buttons, _ ("No due date"), G_CALLBACK (clear_clicked_cb), self);
  gtk_widget_add_css_class (
      add_button (buttons, _ ("Set"), G_CALLBACK (set_clicked_cb), self), "suggested-action");
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
baton_due_chooser_new (BatonCardModel *model)
{
  BatonDueChooser *self = g_object_new (BATON_TYPE_DUE_CHOOSER, NULL);

  self->model = g_object_ref (model);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, baton_card_field_title (BATON_CARD_DUE), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
      baton_card_field_title (BATON_CARD_DUE), -1);
  return GTK_WIDGET (self);
}
