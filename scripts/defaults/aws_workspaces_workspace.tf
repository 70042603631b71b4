resource "aws_workspaces_workspace" "plain" {
  bundle_id    = "wsb-0a1b2c3d4"
  directory_id = "d-0a1b2c3d4e"
  user_name    = "baker"
}

resource "aws_workspaces_workspace" "blocks" {
  bundle_id    = "wsb-1a1b2c3d4"
  directory_id = "d-1a1b2c3d4e"
  user_name    = "seller"
  workspace_properties {
  }
}
