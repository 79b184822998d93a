/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "compare-fixture.h"

#include "fixture.h"

static BatonContent *
content_of (BatonPicture *picture)
{
  BatonContent *content = picture != NULL ? baton_content_new () : NULL;

  if (content != NULL)
    baton_content_set_picture (content, 0, picture);
  return content;
}

void
compare_open (Compare *f, BatonPicture *newer, BatonPicture *older)
{
  f->newer = content_of (newer);
  f->older = content_of (older);
  f->view = BATON_COMPARE_VIEW (baton_compare_view_new ());
  f->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (f->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->view));
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
}

void
compare_show (Compare *f)
{
  baton_compare_view_set (f->view, f->newer, "v2 · newest", f->older, f->older != NULL ? "v1" : NULL);
  fixture_settle (f->window);
}

void
compare_close (Compare *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_cmpint (G_OBJECT (f->newer)->ref_count, ==, 1);
  g_object_unref (f->newer);
  g_clear_object (&f->older);
}
