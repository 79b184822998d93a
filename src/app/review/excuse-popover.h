/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A reviewer cannot make the window: why, and what then: others go on, somebody else takes over, or more
 * time.
 *
 * Signal chosen (BatonOp *op)   the operation; the handler takes it */
#define BATON_TYPE_EXCUSE_POPOVER (baton_excuse_popover_get_type ())
G_DECLARE_FINAL_TYPE (BatonExcusePopover, baton_excuse_popover, BATON, EXCUSE_POPOVER, GtkPopover)

GtkWidget *baton_excuse_popover_new (BatonReviewModel *model);

G_END_DECLS
