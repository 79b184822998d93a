/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shared by all lazy lists in one scrolled area; see lazy-scroller.c. */
typedef struct _BatonLazyScroller BatonLazyScroller;
typedef struct _BatonLazyList BatonLazyList;

void baton_lazy_scroller_join (BatonLazyList *list);
void baton_lazy_scroller_leave (BatonLazyList *list);

G_END_DECLS
