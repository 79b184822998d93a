/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inbox.h"
#include "window.h"

G_BEGIN_DECLS

/* What waits for the person at this computer, one line each, with what can be done about it. A view of the
 * window ("inbox") that stands in the sidebar instead of the switcher. */
#define BATON_TYPE_INBOX_PAGE (baton_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonInboxPage, baton_inbox_page, BATON, INBOX_PAGE, AdwBin)

void baton_inbox_page_register (BatonWindow *window);

G_END_DECLS
