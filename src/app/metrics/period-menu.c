/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "period-menu.h"

#include "days.h"

#include <glib/gi18n.h>

struct _BatonPeriodMenu
{
  GtkWidget parent_instance;
  GtkMenuButton *button;
  GtkCheckButton *checks[BATON_N_PERIODS];
  GtkWidget *days;
  GtkCalendar *first;
  GtkCalendar *last;
  BatonPeriodKind kind;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const names[BATON_N_PERIODS] = {
  N_ ("All time"),
  N_ ("Last 30 days"),
  N_ ("Last 90 days"),
  N_ ("Last 12 months"),
  N_ ("Between two days"),
};

G_DEFINE_FINAL_TYPE (BatonPeriodMenu, baton_period_menu, GTK_TYPE_WIDGET)

static void
day_of (GtkCalendar *calendar, GDate *date)
{
  g_autoptr (GDateTime) at = gtk_calendar_get_date (calendar);
  int year, month, day;

  g_date_time_get_ymd (at, &year, &month, &day);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

char *
baton_period_menu_words (BatonPeriodMenu *self)
{
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->kind != BATON_PERIOD_OWN)
    return g_strdup (_ (names[self->kind]));
  first = gtk_calendar_get_date (self->first);
  last = gtk_calendar_get_date (self->last);
  /* Translators: a day, for g_date_time_format. */
  from = g_date_time_format (first, _ ("%-d %b %Y"));
  to = g_date_time_format (last, _ ("%-d %b %Y"));
  return g_strdup_printf ("%s – %s", from, to);
}

static void
refresh (BatonPeriodMenu *self)
{
  g_autofree char *label = baton_period_menu_words (self);
  g_autofree char *name = g_strdup_printf (_ ("Period: %s"), label);

  gtk_menu_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->days, self->kind == BATON_PERIOD_OWN);
}

static void
changed (BatonPeriodMenu *self)
{
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
toggled_cb (GtkCheckButton *check, BatonPeriodMenu *self)
{
  if (!gtk_check_button_get_active (check))
    return;
  for (guint i = 0; i < BATON_N_PERIODS; i++)
    if (self->checks[i] == check)
      self->kind = i;
  changed (self);
}

void
baton_period_menu_choose (BatonPeriodMenu *self, BatonPeriodKind kind)
{
  gtk_check_button_set_active (self->checks[kind], TRUE);
}

static void
select_day (GtkCalendar *calendar, gint64 at)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  if (date != NULL)
    gtk_calendar_select_day (calendar, date);
}

void
baton_period_menu_set_days (BatonPeriodMenu *self, gint64 first, gint64 last)
{
  select_day (self->first, first);
  select_day (self->last, last);
  baton_period_menu_choose (self, BATON_PERIOD_OWN);
  changed (self);
}

void
baton_period_menu_span (BatonPeriodMenu *self, gint64 now, GTimeZone *zone, gint64 *from, gint64 *to)
{
  static const int days[BATON_N_PERIODS] = { 0, 30, 90, 365, 0 };
  GDate date;

  *from = G_MININT64;
  *to = G_MAXINT64;
  if (self->kind == BATON_PERIOD_OWN)
    {
      day_of (self->first, &date);
      *from = baton_flow_local_time (zone, &date, 0);
      day_of (self->last, &date);
      g_date_add_days (&date, 1);
      *to = MAX (baton_flow_local_time (zone, &date, 0), *from + 1);
    }
  else if (days[self->kind] > 0)
    {
      baton_flow_local_date (zone, now, &date);
      g_date_subtract_days (&date, (guint) days[self->kind] - 1);
      *from = baton_flow_local_time (zone, &date, 0);
    }
}

static void
baton_period_menu_dispose (GObject *object)
{
  BatonPeriodMenu *self = BATON_PERIOD_MENU (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  G_OBJECT_CLASS (baton_period_menu_parent_class)->dispose (object);
}

static void
baton_period_menu_class_init (BatonPeriodMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_period_menu_dispose;
  signals[CHANGED] = g_signal_new (
      "changed", BATON_TYPE_PERIOD_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkCalendar *
add_calendar (BatonPeriodMenu *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_box_append (GTK_BOX (box), calendar);
  gtk_box_append (GTK_BOX (self->days), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (calendar, "day-selected", G_CALLBACK (changed), self);
  return GTK_CALENDAR (calendar);
}

static void
baton_period_menu_init (BatonPeriodMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  for (guint i = 0; i < BATON_N_PERIODS; i++)
    {
      self->checks[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ (names[i])));
      if (i > 0)
        gtk_check_button_set_group (self->checks[i], self->checks[0]);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->checks[i]));
    }
  self->first = add_calendar (self, _ ("First day"));
  self->last = add_calendar (self, _ ("Last day"));
  gtk_check_button_set_active (self->checks[0], TRUE);
  for (guint i = 0; i < BATON_N_PERIODS; i++)
    g_signal_connect (self->checks[i], "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (box), self->days);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "metrics-filter");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  refresh (self);
}

GtkWidget *
baton_period_menu_new (void)
{
  return g_object_new (BATON_TYPE_PERIOD_MENU, NULL);
}
