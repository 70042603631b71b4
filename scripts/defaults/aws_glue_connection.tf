resource "aws_glue_connection" "plain" {
  name = "orchard"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://orchard.example/orchard"
  }
}

resource "aws_glue_connection" "network" {
  name            = "orchard-network"
  connection_type = "NETWORK"
  physical_connection_requirements {
  }
}
