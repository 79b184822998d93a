/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-page.h"

#include <glib/gi18n.h>

static BatonReviewView *
view_of (BatonWindow *window)
{
  GtkWidget *page = baton_window_view_page (window, "review");

  return page != NULL ? BATON_REVIEW_VIEW (page) : NULL;
}

static void
tell_sidebar (BatonReviewView *view, BatonWindow *window)
{
  baton_window_set_review (
      window, g_strcmp0 (baton_window_view (window), "review") == 0, baton_review_view_review (view));
}

static void
position_changed_cb (BatonReviewView *view, GtkLabel *label)
{
  guint position, n;
  g_autofree char *words = NULL;

  if (baton_review_view_position (view, &position, &n))
    words = g_strdup_printf (_ ("%u of %u · J next, K previous"), position + 1, n);
  else if (n > 0)
    words = g_strdup_printf (ngettext ("%u waits for you · J", "%u wait for you · J", n), n);
  gtk_label_set_label (label, words != NULL ? words : "");
}

static void
decided_cb (BatonReviewView *view, const char *words, BatonWindow *window)
{
  baton_window_toast (window, words, TRUE);
}

static void
follow_workspace (BatonWindow *window, GParamSpec *pspec, BatonReviewView *view)
{
  baton_review_view_set_workspace (view, baton_window_workspace (window));
}

static void
follow_view (BatonWindow *window, GParamSpec *pspec, BatonReviewView *view)
{
  tell_sidebar (view, window);
  if (g_strcmp0 (baton_window_view (window), "review") == 0)
    baton_review_view_focus (view);
}

static GtkWidget *
build (BatonWindow *window)
{
  GtkWidget *view = baton_review_view_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  baton_window_add_view_tool (window, "review", label);
  g_signal_connect_object (view, "position-changed", G_CALLBACK (position_changed_cb), label, 0);
  g_signal_connect_object (view, "position-changed", G_CALLBACK (tell_sidebar), window, 0);
  g_signal_connect_object (view, "decided", G_CALLBACK (decided_cb), window, 0);
  g_signal_connect_object (window, "notify::board", G_CALLBACK (follow_workspace), view, 0);
  g_signal_connect_object (window, "notify::view", G_CALLBACK (follow_view), view, 0);
  baton_review_view_set_workspace (BATON_REVIEW_VIEW (view), baton_window_workspace (window));
  return view;
}

/* Pictures want the room, and what the card says about its review stands beside them: a card that lay open,
 * perhaps over the whole window, gives way. */
static void
show_view (BatonWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-card", NULL);
  baton_window_show_view (window, "review");
}

void
baton_review_page_add (BatonWindow *window)
{
  baton_window_add_view (window, "review", build);
}

void
baton_review_page_show_review (BatonWindow *window, const char *review)
{
  show_view (window);
  if (view_of (window) == NULL)
    return;
  if (review != NULL)
    baton_review_view_show_review (view_of (window), review);
  else if (baton_review_view_review (view_of (window)) == NULL)
    baton_review_view_step (view_of (window), TRUE);
  baton_review_view_focus (view_of (window));
}

void
baton_review_page_excuse (BatonWindow *window, const char *review)
{
  baton_review_page_show_review (window, review);
  if (view_of (window) != NULL && g_strcmp0 (baton_review_view_review (view_of (window)), review) == 0)
    baton_review_view_excuse (view_of (window));
}

void
baton_review_page_show_asset (BatonWindow *window, const char *asset)
{
  show_view (window);
  if (view_of (window) == NULL)
    return;
  baton_review_view_show_asset (view_of (window), asset);
  baton_review_view_focus (view_of (window));
}
